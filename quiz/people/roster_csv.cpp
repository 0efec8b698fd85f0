#include "quiz/people/roster_csv.h"

#include "quiz/people/csv_table.h"

#include <algorithm>
#include <array>
#include <map>

#include <QRegularExpression>

namespace qingfeng {
namespace {

enum Column {
    UnitCode, UnitName, DepartmentCode, ParentCode, DepartmentName, Number, Name, Accounts, PostCode, Kind,
    Standing, From, To, Pin, ColumnCount
};

const std::array<QString, ColumnCount> headers {QStringLiteral("单位编码"), QStringLiteral("单位名称"),
    QStringLiteral("部门编码"), QStringLiteral("上级部门编码"), QStringLiteral("部门名称"), QStringLiteral("工号"),
    QStringLiteral("姓名"), QStringLiteral("系统账号"), QStringLiteral("岗位"), QStringLiteral("任职类型"),
    QStringLiteral("身份"), QStringLiteral("任职起"), QStringLiteral("任职止"), QStringLiteral("初始口令")};

constexpr std::array required {DepartmentCode, DepartmentName, Number, Name, PostCode};
constexpr int maxFindings = 1000;
constexpr int maxCell = 200; ///< characters
constexpr int maxDepth = 16; ///< levels of departments

struct Row
{
    int line = 0;
    std::array<QString, ColumnCount> cells;
    const QString &operator[](Column column) const { return cells[std::size_t(column)]; }
};

QStringList parts(const QString &cell)
{
    static const QRegularExpression separator(QStringLiteral("[;；]"));
    QStringList list;
    for (const QString &part : cell.split(separator, Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty()) {
            list.append(part.trimmed());
        }
    }
    return list;
}

bool parseDay(const QString &text, QDate &day)
{
    if (text.isEmpty()) {
        day = QDate();
        return true;
    }
    for (const char *form : {"yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "yyyy.M.d"}) {
        day = QDate::fromString(text, QLatin1String(form));
        if (day.isValid()) {
            return true;
        }
    }
    return false;
}

class Reader
{
public:
    Reader(QString file, const QSet<QString> &posts)
        : m_file(std::move(file))
        , m_posts(posts)
    {
    }

    Result<RosterImport> read(const CsvTable &table);

private:
    bool readHeader(const QStringList &cells);
    void takeRow(const Row &row);
    bool checkCells(const Row &row);
    bool takeUnit(const Row &row);
    bool takeDepartment(const Row &row);
    bool takePerson(const Row &row, const Assignment &assignment);
    void checkTree();
    void checkAccounts();
    void settleDepartments();
    bool reject(const Row &row, Column column, const char *reason);
    void add(QList<RosterFinding> &list, int line, const QString &column, const char *reason);

    const QString m_file;
    const QSet<QString> &m_posts;
    std::array<int, ColumnCount> m_position {};
    RosterImport m_import;
    QHash<QString, qsizetype> m_departments; ///< code → index
    QHash<QString, qsizetype> m_people; ///< number → index
    QHash<QString, int> m_firstLine; ///< of a department or person, for findings about them
};

void Reader::add(QList<RosterFinding> &list, int line, const QString &column, const char *reason)
{
    if (list.size() < maxFindings) {
        list.append({m_file, line, column, QString::fromLatin1(reason)});
    } else if (list.size() == maxFindings) {
        list.append({m_file, 0, QString(), QStringLiteral("too-many-findings")});
    }
}

bool Reader::reject(const Row &row, Column column, const char *reason)
{
    add(m_import.rejected, row.line, headers[std::size_t(column)], reason);
    return false;
}

bool Reader::readHeader(const QStringList &cells)
{
    m_position.fill(-1);
    for (int i = 0; i < cells.size(); ++i) {
        const QString title = cells.at(i).trimmed();
        const auto known = std::find(headers.begin(), headers.end(), title);
        if (known == headers.end()) {
            if (!title.isEmpty()) {
                add(m_import.warnings, 1, title.left(maxCell), "unknown-column");
            }
        } else if (int &position = m_position[std::size_t(known - headers.begin())]; position < 0) {
            position = i;
        } else {
            add(m_import.rejected, 1, title, "repeated-column");
        }
    }
    for (Column column : required) {
        if (m_position[std::size_t(column)] < 0) {
            add(m_import.rejected, 1, headers[std::size_t(column)], "missing-column");
        }
    }
    return m_import.rejected.isEmpty();
}

bool Reader::checkCells(const Row &row)
{
    for (std::size_t i = 0; i < ColumnCount; ++i) {
        const QString &cell = row.cells[i];
        if (cell.size() > maxCell) {
            return reject(row, Column(i), "too-long");
        }
        if (std::any_of(cell.begin(), cell.end(), [](QChar c) { return c.category() == QChar::Other_Control; })) {
            return reject(row, Column(i), "control-character");
        }
    }
    for (Column column : required) {
        if (row[column].isEmpty()) {
            return reject(row, column, "empty");
        }
    }
    static const QRegularExpression code(QStringLiteral("^[0-9A-Za-z_-]{1,64}$"));
    if (!code.match(row[Number]).hasMatch()) {
        return reject(row, Number, "bad-number");
    }
    if (!code.match(row[DepartmentCode]).hasMatch()) {
        return reject(row, DepartmentCode, "bad-code");
    }
    if (!row[ParentCode].isEmpty() && !code.match(row[ParentCode]).hasMatch()) {
        return reject(row, ParentCode, "bad-code");
    }
    static const QRegularExpression post(QStringLiteral("^P[0-9]{2}$"));
    if (m_posts.isEmpty() ? !post.match(row[PostCode]).hasMatch() : !m_posts.contains(row[PostCode])) {
        return reject(row, PostCode, "unknown-post");
    }
    return true;
}

bool Reader::takeUnit(const Row &row)
{
    Unit &unit = m_import.roster.unit;
    if (!row[UnitCode].isEmpty() && !unit.code.isEmpty() && row[UnitCode] != unit.code) {
        return reject(row, UnitCode, "second-unit");
    }
    if (unit.code.isEmpty()) {
        unit.code = row[UnitCode];
    }
    if (unit.name.isEmpty()) {
        unit.name = row[UnitName];
    }
    return true;
}

bool Reader::takeDepartment(const Row &row)
{
    const QString &code = row[DepartmentCode];
    const auto known = m_departments.constFind(code);
    if (known == m_departments.constEnd()) {
        m_departments.insert(code, m_import.roster.departments.size());
        m_import.roster.departments.append({code, row[ParentCode], row[DepartmentName]});
        m_firstLine.insert(code, row.line);
        return true;
    }
    const Department &department = m_import.roster.departments.at(*known);
    if (department.name != row[DepartmentName]) {
        return reject(row, DepartmentName, "contradicts-earlier-row");
    }
    if (department.parent != row[ParentCode]) {
        return reject(row, ParentCode, "contradicts-earlier-row");
    }
    return true;
}

bool Reader::takePerson(const Row &row, const Assignment &assignment)
{
    const auto known = m_people.constFind(row[Number]);
    const bool isNew = known == m_people.constEnd();
    Person person = isNew ? Person {} : m_import.roster.people.at(*known);
    if (isNew) {
        person.number = row[Number];
        person.name = row[Name];
    } else if (person.name != row[Name]) {
        return reject(row, Name, "contradicts-earlier-row");
    }
    for (const QString &standing : parts(row[Standing])) {
        if (standing == QStringLiteral("党员")) {
            person.party = true;
        } else if (standing == QStringLiteral("领导")) {
            person.leader = true;
        } else if (standing == QStringLiteral("编外")) {
            person.auxiliary = true;
        } else {
            return reject(row, Standing, "unknown-standing");
        }
    }
    if (person.assignments.contains(assignment)) {
        add(m_import.warnings, row.line, QString(), "repeated-row");
    } else {
        person.assignments.append(assignment);
    }
    person.accounts += parts(row[Accounts]);
    person.accounts.removeDuplicates();
    if (!row[Pin].isEmpty()) {
        if (row[Pin].size() < 4 || row[Pin].size() > 32) {
            return reject(row, Pin, "pin-length");
        }
        m_import.initialPins.insert(row[Number], row[Pin]);
    }
    if (isNew) {
        m_people.insert(person.number, m_import.roster.people.size());
        m_firstLine.insert(QStringLiteral("#") + person.number, row.line);
        m_import.roster.people.append(person);
    } else {
        m_import.roster.people[*known] = person;
    }
    return true;
}

void Reader::takeRow(const Row &row)
{
    if (!checkCells(row)) {
        return;
    }
    Assignment assignment {row[PostCode], row[DepartmentCode], true, {}, {}};
    if (row[Kind] == QStringLiteral("兼岗")) {
        assignment.main = false;
    } else if (!row[Kind].isEmpty() && row[Kind] != QStringLiteral("主岗")) {
        reject(row, Kind, "unknown-kind");
        return;
    }
    if (!parseDay(row[From], assignment.from)) {
        reject(row, From, "bad-date");
        return;
    }
    if (!parseDay(row[To], assignment.to)) {
        reject(row, To, "bad-date");
        return;
    }
    if (assignment.from.isValid() && assignment.to.isValid() && assignment.to < assignment.from) {
        reject(row, To, "ends-before-it-starts");
        return;
    }
    if (takeUnit(row) && takeDepartment(row) && takePerson(row, assignment)) {
        ++m_import.accepted;
    }
}

void Reader::checkTree()
{
    for (const Department &department : std::as_const(m_import.roster.departments)) {
        const int line = m_firstLine.value(department.code);
        const Department *node = &department;
        int depth = 0;
        while (node != nullptr && !node->parent.isEmpty() && depth <= maxDepth) {
            const auto above = m_departments.constFind(node->parent);
            if (above == m_departments.constEnd()) {
                if (depth == 0) {
                    add(m_import.warnings, line, headers[ParentCode], "parent-not-in-file");
                }
                break;
            }
            node = &m_import.roster.departments.at(*above);
            ++depth;
        }
        if (depth > maxDepth) {
            add(m_import.rejected, line, headers[ParentCode], "department-circle");
        }
    }
}

void Reader::checkAccounts()
{
    QHash<QString, QString> owners;
    for (const Person &person : std::as_const(m_import.roster.people)) {
        for (const QString &account : person.accounts) {
            const QString owner = owners.value(account, person.number);
            if (owner != person.number) {
                add(m_import.rejected, m_firstLine.value(QStringLiteral("#") + person.number), headers[Accounts],
                    "account-of-another");
            }
            owners.insert(account, owner);
        }
    }
}

void Reader::settleDepartments()
{
    // Where somebody sits: the main post that is open, else the last main one, else the first of all.
    for (Person &person : m_import.roster.people) {
        person.department = person.assignments.first().department;
        for (const Assignment &assignment : std::as_const(person.assignments)) {
            if (assignment.main) {
                person.department = assignment.department;
                if (!assignment.to.isValid()) {
                    break;
                }
            }
        }
    }
}

Result<RosterImport> Reader::read(const CsvTable &table)
{
    if (table.rows.isEmpty() || !readHeader(table.rows.first().cells)) {
        if (table.rows.isEmpty()) {
            return Error(ErrorCode::InvalidArgument, QStringLiteral("no header row"), m_file);
        }
        return m_import;
    }
    for (qsizetype i = 1; i < table.rows.size(); ++i) {
        Row row;
        row.line = table.rows.at(i).number;
        const QStringList &cells = table.rows.at(i).cells;
        bool empty = true;
        for (std::size_t column = 0; column < ColumnCount; ++column) {
            row.cells[column] = cells.value(m_position[column]).trimmed();
            empty = empty && row.cells[column].isEmpty();
        }
        if (!empty) {
            takeRow(row);
        }
    }
    if (table.damaged) {
        add(m_import.rejected, table.rows.last().number, QString(), "unclosed-quote");
    }
    checkTree();
    checkAccounts();
    settleDepartments();
    return m_import;
}

} // namespace

Result<RosterImport> readRosterCsv(const QByteArray &bytes, const QString &file, const QSet<QString> &posts)
{
    const auto table = readCsv(bytes);
    if (!table) {
        return Error(table.error().code(), table.error().detail(), file);
    }
    return Reader(file, posts).read(*table);
}

} // namespace qingfeng

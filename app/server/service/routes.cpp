#include "app/server/service/service.h"

#include "quiz/protocol/paths.h"

#include <array>

namespace qingfeng::server {
namespace {

constexpr qint64 smallBody = 64 * 1024;
constexpr qint64 accountBody = 16 * 1024;
constexpr qint64 rosterBody = 16 * 1024 * 1024;
constexpr qint64 packageBody = 64 * 1024 * 1024;
constexpr char json[] = "application/json";
constexpr char csv[] = "text/csv";
constexpr char package[] = "application/octet-stream application/vnd.qingfeng.bank";

constexpr Needs bankStaff {anyOf(Role::BankEditor, Role::BankApprover), Reach::Somewhere};
constexpr Needs bankApprover {anyOf(Role::BankApprover)};
constexpr Needs desk {anyOf(Role::MessageDesk)};
constexpr Needs reader {anyOf(Role::ArchiveReader)};
constexpr Needs readerOrTool {anyOf(Role::ArchiveReader), Reach::Whole, "statements/read all/read"};
constexpr Needs readerDemanded {anyOf(Role::ArchiveReader), Reach::Demanded};
constexpr Needs readerOrAuditor {anyOf(Role::ArchiveReader, Role::Auditor)};
constexpr Needs auditorDemanded {anyOf(Role::Auditor), Reach::Demanded};
constexpr Needs systemOrAuditor {anyOf(Role::System, Role::Auditor)};
constexpr Needs systemWhole {anyOf(Role::System)};
constexpr Needs systemDemanded {anyOf(Role::System), Reach::Demanded};
constexpr Needs systemSomewhere {anyOf(Role::System), Reach::Somewhere}; // Accounts checks each account

constexpr std::array table {
    Route {"GET", "/healthz", Access::Anyone, nullptr, 0, operations::health},
    Route {"GET", "/readyz", Access::Anyone, nullptr, 0, operations::ready},
    Route {"GET", "/v1/time", Access::Anyone, nullptr, 0, operations::time},
    Route {"POST", "/v1/enrol", Access::Anyone, json, smallBody, operations::enrol},
    Route {"POST", "/v1/token", Access::Anyone, json, smallBody, operations::token},
    Route {"GET", "/xapi/about", Access::Anyone, nullptr, 0, operations::about},
    Route {"POST", "/xapi/statements", Access::Device, json, maxPostBytes, operations::postStatements},
    Route {"PUT", "/xapi/statements", Access::Device, json, maxPostBytes, operations::putStatement},
    Route {"GET", "/xapi/statements", Access::DeviceOrAdmin, nullptr, 0, operations::getStatements, readerOrTool,
        "archive.query"},
    Route {"GET", "/v1/bank/manifest", Access::DeviceOrAdmin, nullptr, 0, operations::manifest, bankStaff},
    Route {"GET", "/v1/bank/package", Access::DeviceOrAdmin, nullptr, 0, operations::package, bankStaff},
    Route {"GET", "/v1/roster/me", Access::Device, nullptr, 0, operations::rosterMe},
    Route {"POST", "/v1/events", Access::Device, json, maxPostBytes, operations::postEvents},
    Route {"GET", "/v1/events", Access::Admin, nullptr, 0, operations::listEvents, systemOrAuditor},
    Route {"GET", "/v1/receipts", Access::DeviceOrAdmin, nullptr, 0, operations::receipts, readerOrAuditor},
    Route {"POST", "/v1/annotations", Access::Admin, json, smallBody, operations::annotate, desk, "archive.annotate"},
    Route {"GET", "/v1/annotations", Access::DeviceOrAdmin, nullptr, 0, operations::annotations, reader,
        "archive.annotations"},
    Route {"POST", "/v1/messages", Access::Device, json, maxPostBytes, operations::postMessages},
    Route {"GET", "/v1/messages", Access::Device, nullptr, 0, operations::messages},
    Route {"GET", "/v1/inbox", Access::Admin, nullptr, 0, operations::inbox, desk},
    Route {"GET", "/v1/inbox/{thread}", Access::Admin, nullptr, 0, operations::inboxThread, desk, "message.read"},
    Route {"POST", "/v1/inbox/{thread}", Access::Admin, json, smallBody, operations::postDeskEntry, desk,
        "message.answer"},
    Route {"POST", "/v1/people", Access::Admin, csv, rosterBody, operations::importPeople, systemWhole,
        "people.import"},
    Route {"GET", "/v1/people", Access::Admin, nullptr, 0, operations::listPeople, systemWhole},
    Route {"POST", "/v1/enrolment-codes", Access::Admin, json, smallBody, operations::makeEnrolmentCodes,
        systemDemanded, "device.codes"},
    Route {"POST", "/v1/publish", Access::Admin, package, packageBody, operations::publish, bankApprover,
        "bank.publish"},
    Route {"GET", "/v1/devices", Access::Admin, nullptr, 0, operations::listDevices, systemOrAuditor},
    Route {"POST", "/v1/devices/{id}/revoke", Access::Admin, nullptr, smallBody, operations::revokeDevice,
        systemWhole, "device.revoke"},
    Route {"GET", "/v1/archives/{person}", Access::Admin, nullptr, 0, operations::archive, readerDemanded,
        "archive.read"},
    // Accounts enters its acts by itself, in the transaction of each.
    Route {"POST", "/v1/sign-in", Access::Anyone, json, accountBody, operations::signIn},
    Route {"POST", "/v1/sign-out", Access::Account, nullptr, accountBody, operations::signOut},
    Route {"GET", "/v1/account", Access::Account, nullptr, 0, operations::ownAccount},
    Route {"POST", "/v1/account/password", Access::Account, json, accountBody, operations::changePassword},
    Route {"POST", "/v1/account/totp", Access::Account, json, accountBody, operations::beginTotp},
    Route {"POST", "/v1/account/totp/confirm", Access::Account, json, accountBody, operations::confirmTotp},
    Route {"POST", "/v1/account/totp/remove", Access::Account, json, accountBody, operations::removeTotp},
    Route {"GET", "/v1/accounts", Access::Admin, nullptr, 0, operations::listAccounts, systemSomewhere},
    Route {"POST", "/v1/accounts", Access::Admin, json, accountBody, operations::createAccount, systemSomewhere},
    Route {"POST", "/v1/accounts/{id}/disable", Access::Admin, nullptr, accountBody, operations::disableAccount,
        systemSomewhere},
    Route {"POST", "/v1/accounts/{id}/enable", Access::Admin, nullptr, accountBody, operations::enableAccount,
        systemSomewhere},
    Route {"PUT", "/v1/accounts/{id}/roles", Access::Admin, json, accountBody, operations::setAccountRoles,
        systemSomewhere},
    Route {"POST", "/v1/accounts/{id}/password", Access::Admin, json, accountBody, operations::resetAccountPassword,
        systemSomewhere},
    Route {"POST", "/v1/accounts/{id}/drop-totp", Access::Admin, nullptr, accountBody, operations::dropAccountTotp,
        systemSomewhere},
    Route {"GET", "/v1/tools", Access::Admin, nullptr, 0, operations::listTools, systemWhole},
    Route {"POST", "/v1/tools", Access::Admin, json, accountBody, operations::createTool, systemWhole},
    Route {"POST", "/v1/tools/{id}/revoke", Access::Admin, nullptr, accountBody, operations::revokeTool, systemWhole},
    Route {"GET", "/v1/audit", Access::Admin, nullptr, 0, operations::readAudit, auditorDemanded, "audit.read"},
};

/** A route for administrators names the roles that it is for. */
constexpr bool everyAdminRouteHasRoles()
{
    for (const Route &route : table) {
        const bool forAdmin = route.access == Access::Admin || route.access == Access::DeviceOrAdmin;
        if (forAdmin != (route.needs.roles != 0)) {
            return false;
        }
    }
    return true;
}
static_assert(everyAdminRouteHasRoles());

} // namespace

std::span<const Route> routes()
{
    return table;
}

} // namespace qingfeng::server

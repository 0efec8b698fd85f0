#pragma once

#include "app/report/pdf_file.h"

#include "quiz/report/report.h"

#include <QCoreApplication>

#include <memory>

namespace qingfeng {

/**
 * A report as PDF: a cover, the figures, charts and tables with their header on every page, lines to sign on;
 * A4, fonts embedded, text that can be searched and copied. The file carries @p attachment.
 *
 * Needs a QGuiApplication. @return Internal when no page could be drawn, or what finishPdf() says
 */
Result<QByteArray> reportPdf(const Report &report, const PdfAttachment &attachment = {});

/** An application that can draw without a display, for programs that have no windows. */
std::unique_ptr<QCoreApplication> makeDrawingApplication(int &argc, char **argv);

} // namespace qingfeng

using PinnSweep.Reports.Statistics;

namespace PinnSweep.Reports.Drawing;

/// <summary>A result as a point with the interval of its ordinate.</summary>
/// <param name="Style">Colour and marker; <see cref="FigureSeries.Behind"/> for a small grey ring without interval.</param>
/// <param name="X">Abscissa.</param>
/// <param name="Y">Ordinate.</param>
/// <param name="Interval">Of the ordinate; null for none.</param>
/// <param name="IsFaint">Whether it stands back behind the others.</param>
public sealed record FigureMark(int Style, double X, double Y, Interval? Interval, bool IsFaint);

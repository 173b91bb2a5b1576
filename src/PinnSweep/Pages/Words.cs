using System.Globalization;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Pages;

/// <summary>Numbers and times as pages write them: those of reports, and a dash for what is not known.</summary>
internal static class Words
{
    public const string Unknown = "–";

    /// <summary>Three digits with an exponent, as in reports: <c>1.23e-3</c>.</summary>
    public static string Error(double? value) => value is { } known ? NumberText.Scientific(known, 3) : Unknown;

    /// <summary>A whole number: <c>12,800</c>.</summary>
    public static string Count(double? value) => value is { } known ? NumberText.Count(known) : Unknown;

    /// <summary>Three digits: <c>12.3</c>.</summary>
    public static string Decimal(double? value) => value is { } known && double.IsFinite(known) ? NumberText.Decimal(known, 3) : Unknown;

    /// <summary>A duration in the largest unit that keeps it above one.</summary>
    public static string Duration(double? seconds) => seconds is { } known ? NumberText.Duration(known) : Unknown;

    /// <summary>A time that is guessed: whole minutes, hours with a tenth, days.</summary>
    public static string About(TimeSpan time) =>
        time.TotalDays >= 2 ? string.Create(CultureInfo.InvariantCulture, $"about {time.TotalDays:F1} days")
        : time.TotalHours >= 2 ? string.Create(CultureInfo.InvariantCulture, $"about {time.TotalHours:F1} hours")
        : time.TotalMinutes >= 1.5 ? string.Create(CultureInfo.InvariantCulture, $"about {time.TotalMinutes:F0} minutes")
        : "about a minute";

    /// <summary>Whole percents, 100 only where all is done.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * share):F0} %");

    /// <summary>A number with its noun: <c>1 trial</c>, <c>2 trials</c>.</summary>
    public static string Of(int count, string noun, string? plural = null) => $"{Count(count)} {(count == 1 ? noun : plural ?? $"{noun}s")}";

    /// <summary>A time for programs, in an attribute.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>A time for people.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A number in an attribute.</summary>
    public static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

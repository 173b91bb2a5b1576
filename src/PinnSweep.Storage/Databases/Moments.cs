using System.Globalization;

namespace PinnSweep.Storage.Databases;

/// <summary>Times as sortable ISO 8601 text in UTC.</summary>
internal static class Moments
{
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Nothing where the moment is not known: no moment is made up.</summary>
    public static string WriteOptional(DateTimeOffset? at) => at is { } known ? Write(known) : "";

    /// <summary>The inverse of <see cref="WriteOptional"/>.</summary>
    public static DateTimeOffset? ReadOptional(string text) => text.Length == 0 ? null : Read(text);

    public static DateTimeOffset Read(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}

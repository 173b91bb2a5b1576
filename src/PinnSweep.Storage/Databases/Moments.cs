using System.Globalization;

namespace PinnSweep.Storage.Databases;

/// <summary>Times as sortable ISO 8601 text in UTC.</summary>
internal static class Moments
{
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}

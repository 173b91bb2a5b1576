using System.Globalization;

namespace PinnSweep.Storage.Sqlite;

/// <summary>Times as sortable ISO 8601 text in UTC.</summary>
internal static class Moments
{
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

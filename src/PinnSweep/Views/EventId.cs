using System.Globalization;
using PinnSweep.Storage.Studies;

namespace PinnSweep.Views;

/// <summary>
/// What an event is called: moment, kind, trial and attempt, of fixed widths, so that the order of the texts is the order of the events and
/// every node gives the same event the same name.
/// </summary>
internal static class EventId
{
    private const string MomentFormat = "yyyyMMdd'T'HHmmssfffffff'Z'";

    /// <summary>The name of an event.</summary>
    public static string Of(StoredEvent one) => string.Create(CultureInfo.InvariantCulture, $"{At(one.At)}-{one.Kind}-{one.Key.Hex}-{one.Attempt:000000}");

    /// <summary>Before every event of a moment.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>The moment of an event; null where the text is no name of one.</summary>
    public static DateTimeOffset? MomentOf(string id) =>
        DateTimeOffset.TryParseExact(id.Split('-')[0], MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Whether an event comes after a name.</summary>
    public static bool IsAfter(string id, string other) => string.CompareOrdinal(id, other) > 0;
}

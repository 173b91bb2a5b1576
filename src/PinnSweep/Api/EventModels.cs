using PinnSweep.Storage.Studies;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>Some of what happened to the trials of a study.</summary>
/// <param name="Items">The events, the oldest first.</param>
/// <param name="Next">What to ask for as <c>after</c> to go on; absent where there was nothing.</param>
/// <param name="HasMore">Whether more were there already.</param>
internal sealed record EventsModel(IReadOnlyList<EventModel> Items, string? Next, bool HasMore);

/// <summary>Something that happened to a trial.</summary>
/// <param name="Id">Its name, the same from every node; later events have later names.</param>
/// <param name="At">When the coordinator decided or heard it.</param>
/// <param name="Kind">accepted, ended, faulted, quarantined, started.</param>
/// <param name="Key">The trial.</param>
/// <param name="Attempt">The attempt; absent where none is meant.</param>
/// <param name="Worker">Who had it; absent where nothing tells.</param>
/// <param name="Words">The outcome, the fault or the reason.</param>
internal sealed record EventModel(string Id, DateTimeOffset At, string Kind, string Key, int? Attempt, string? Worker, string Words)
{
    public static EventModel Of(StoredEvent one) =>
        new(EventId.Of(one), one.At, one.Kind, one.Key.Hex, one.Attempt == 0 ? null : one.Attempt, one.Worker, one.Words);
}

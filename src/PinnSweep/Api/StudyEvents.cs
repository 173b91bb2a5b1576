using System.Collections.Immutable;
using PinnSweep.Storage;
using PinnSweep.Storage.Studies;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>
/// What happened to studies, read from the store, where it is the same for every node. Who decides names a moment before it is written, so
/// the newest moments are held back until what belongs to them is surely there; what comes even later is told when it comes. All listeners
/// of a study share one look at the store.
/// </summary>
internal sealed class StudyEvents(Store store, TimeProvider clock)
{
    /// <summary>Moments younger than this may still get events.</summary>
    public static readonly TimeSpan HeldBack = TimeSpan.FromSeconds(2);

    /// <summary>How far back a look for late events goes.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>The events after a name, the oldest first.</summary>
    public EventsModel Page(string study, string after, int take)
    {
        var found = After(Read(study, EventId.MomentOf(after) ?? DateTimeOffset.MinValue), after).Take(take + 1).ToList();
        var items = found.Take(take).ToList();
        return new(items, items.Count == 0 ? null : items[^1].Id, found.Count > take);
    }

    /// <summary>The events that are new since the last call for a listener; late ones too, each once.</summary>
    public async Task<IReadOnlyList<EventModel>> NewsAsync(string study, Listener listener, CancellationToken cancel)
    {
        var recent = await RecentAsync(study).WaitAsync(cancel);
        // One who comes back after long, or takes what he is told slowly, reads for himself what all others have.
        var from = listener.LookedAt is { } before ? before - Window : EventId.MomentOf(listener.Last) ?? DateTimeOffset.MinValue;
        var isBehind = listener.LookedAt is { } last ? recent.From > last - HeldBack : from < recent.From;
        var events = isBehind ? await Task.Run(() => Read(study, from), cancel) : recent.Events;
        listener.LookedAt = recent.At;
        return listener.Take(events.Select(EventModel.Of), EventId.At(recent.From));
    }

    private static IEnumerable<EventModel> After(IEnumerable<StoredEvent> events, string after) => events.Select(EventModel.Of).Where(one => EventId.IsAfter(one.Id, after));

    private ImmutableArray<StoredEvent> Read(string study, DateTimeOffset from) => store.Studies.EventsOf(study, from, clock.GetUtcNow() - HeldBack);

    private Task<Look> RecentAsync(string study)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            foreach (var (old, _) in _looks.Where(look => now - look.Value.At > Window).ToArray())
            {
                _looks.Remove(old);
            }

            if (!_looks.TryGetValue(study, out var look) || now - look.At >= Between || look.Done is { IsFaulted: true })
            {
                var from = now - Window;
                _looks[study] = look = new(now, from, []);
                look.Done = Task.Run(() => look with { Events = Read(study, from) });
            }

            return look.Done!;
        }
    }

    /// <summary>One look at the store.</summary>
    private sealed record Look(DateTimeOffset At, DateTimeOffset From, ImmutableArray<StoredEvent> Events)
    {
        public Task<Look>? Done { get; set; }
    }

    /// <summary>Who listens, and what he was told.</summary>
    internal sealed class Listener(string last)
    {
        private readonly SortedSet<string> _told = new(StringComparer.Ordinal);
        private bool _hasBegun;

        /// <summary>The name of the newest event that was told: what a listener who comes back begins with.</summary>
        public string Last { get; private set; } = last;

        /// <summary>The look at the store that this listener knows; null before the first.</summary>
        public DateTimeOffset? LookedAt { get; set; }

        /// <summary>Those that were not told yet, in order.</summary>
        /// <param name="events">What there is, in order.</param>
        /// <param name="from">What is older than this is forgotten.</param>
        public IReadOnlyList<EventModel> Take(IEnumerable<EventModel> events, string from)
        {
            var news = new List<EventModel>();
            foreach (var one in events)
            {
                // What was there before this listener began is behind him; what is there later and was not then is late.
                if (!_told.Contains(one.Id) && (EventId.IsAfter(one.Id, Last) || _hasBegun))
                {
                    news.Add(one);
                }

                _told.Add(one.Id);
            }

            _hasBegun = true;
            Last = news.Count > 0 && EventId.IsAfter(news[^1].Id, Last) ? news[^1].Id : Last;
            _told.RemoveWhere(id => !EventId.IsAfter(id, from));
            return news;
        }
    }
}

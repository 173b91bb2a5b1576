using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Views;

namespace PinnSweep.Pages;

/// <summary>
/// Curves of cells as pages draw them. Making them opens every result of a column, so that all who look at one get the same answer, made
/// anew once the study has gone on and never more often than it can be afforded.
/// </summary>
internal sealed class CellCurveCache(ApiParts parts)
{
    private const int Kept = 16;
    private const int Rest = 20;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    private readonly LinkedList<Entry> _entries = new();
    private readonly Lock _lock = new();

    /// <summary>The curves of a column of a block; the first of each where it is left out.</summary>
    public Task<Made> OfAsync(StudyView study, string? column, string? block, string by)
    {
        var cells = CellEndpoints.CellsOf(study, column, block);
        var name = $"{study.Plan.Hash} {by} {(cells is [var first, ..] ? first.Number : -1)}";
        var counts = (cells.Sum(cell => cell.Done), cells.Sum(cell => cell.Running), study.Plan.Trials.Length);
        lock (_lock)
        {
            var known = _entries.FirstOrDefault(entry => entry.Name == name);
            var isCurrent = known is not null && !known.Curves.IsFaulted
                && (!known.Curves.IsCompleted || parts.Clock.GetUtcNow() < known.Until || (known.Counts == counts && counts.Item2 == 0));
            if (isCurrent)
            {
                return known!.Curves;
            }

            if (known is not null)
            {
                _entries.Remove(known);
            }

            var entry = new Entry(name, counts);
            var made = entry.Curves = Task.Run(() => Make(study, cells, by, entry));
            _entries.AddFirst(entry);
            if (_entries.Count > Kept)
            {
                _entries.RemoveLast();
            }

            return made;
        }
    }

    private Made Make(StudyView study, IReadOnlyList<CellView> cells, string by, Entry entry)
    {
        var began = parts.Clock.GetTimestamp();
        var model = CellEndpoints.CurvesOf(parts, study, cells, by);
        var json = JsonSerializer.SerializeToUtf8Bytes(model, ApiJson.Options);
        var rest = parts.Clock.GetElapsedTime(began) * Rest;
        entry.Until = parts.Clock.GetUtcNow() + (rest > Shortest ? rest : Shortest);
        return new(model, json);
    }

    /// <summary>Curves, and the same as JSON.</summary>
    internal sealed record Made(CellCurvesModel Model, byte[] Json);

    private sealed class Entry(string name, (int, int, int) counts)
    {
        private long _until;

        public string Name => name;

        public (int, int, int) Counts => counts;

        public Task<Made> Curves { get; set; } = null!;

        /// <summary>They are not made anew before; written by who makes them.</summary>
        public DateTimeOffset Until
        {
            get => new(Interlocked.Read(ref _until), TimeSpan.Zero);
            set => Interlocked.Exchange(ref _until, value.UtcTicks);
        }
    }
}

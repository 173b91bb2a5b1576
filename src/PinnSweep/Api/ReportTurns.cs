namespace PinnSweep.Api;

/// <summary>
/// Turns for making reports, which take all cores: two at a time, and of one study one at a time. So a large study whose reports are asked
/// for again and again holds up its own readers and leaves the other turn to all others.
/// </summary>
internal sealed class ReportTurns : IDisposable
{
    private const int AtATime = 2;
    private readonly SemaphoreSlim _all = new(AtATime);
    private readonly Dictionary<string, OfStudy> _studies = new(StringComparer.Ordinal);

    /// <summary>A turn, to be disposed of; null where none is free in time.</summary>
    public async Task<IDisposable?> TakeAsync(string study, TimeSpan patience, CancellationToken cancel)
    {
        var own = Enter(study);
        var hasOwn = false;
        var turn = default(Turn);
        try
        {
            hasOwn = await own.Free.WaitAsync(patience, cancel);
            if (hasOwn && await _all.WaitAsync(patience, cancel))
            {
                turn = new(this, study, own);
            }

            return turn;
        }
        finally
        {
            if (turn is null)
            {
                Leave(study, own, hasOwn);
            }
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        lock (_studies)
        {
            foreach (var study in _studies.Values)
            {
                study.Free.Dispose();
            }
        }
    }

    private OfStudy Enter(string study)
    {
        lock (_studies)
        {
            if (!_studies.TryGetValue(study, out var own))
            {
                _studies[study] = own = new();
            }

            own.Users++;
            return own;
        }
    }

    private void Leave(string study, OfStudy own, bool hasOwn)
    {
        lock (_studies)
        {
            if (hasOwn)
            {
                own.Free.Release();
            }

            if (--own.Users == 0)
            {
                _studies.Remove(study);
                own.Free.Dispose();
            }
        }
    }

    private sealed class OfStudy
    {
        public SemaphoreSlim Free { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class Turn(ReportTurns turns, string study, OfStudy own) : IDisposable
    {
        public void Dispose()
        {
            turns._all.Release();
            turns.Leave(study, own, hasOwn: true);
        }
    }
}

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// Where lanes meet: each brings one request and waits; when every living lane waits, the last one runs the batch and releases all. There is
/// no clock in it, so what runs together depends on the trainings alone, and a lane that leaves or steps aside holds up nobody.
/// </summary>
/// <param name="run">Runs a batch: what fails for one request is told to it, what is thrown fails all.</param>
internal sealed class LaneMeeting(Action<List<LaneRequest>> run)
{
    private readonly object _lock = new();
    private List<LaneRequest> _waiting = [];
    private List<LaneRequest> _batch = [];
    private int _living;
    private bool _isRunning;

    /// <summary>Lanes that are waited for.</summary>
    public int Living
    {
        get
        {
            lock (_lock)
            {
                return _living;
            }
        }
    }

    /// <summary>A lane more is waited for, from after the batch that runs now.</summary>
    public void Join()
    {
        lock (_lock)
        {
            while (_isRunning)
            {
                Monitor.Wait(_lock);
            }

            _living++;
        }
    }

    /// <summary>A lane less is waited for. Where all others wait, one of them runs the batch.</summary>
    public void Leave()
    {
        LaneRequest? leader = null;
        lock (_lock)
        {
            _living--;
            if (_living > 0 && _waiting.Count == _living)
            {
                _isRunning = true;
                leader = _waiting[0];
            }
        }

        leader?.Release(isLeader: true);
    }

    /// <summary>Returns when the request is answered.</summary>
    public void Meet(LaneRequest request)
    {
        bool isLeader;
        lock (_lock)
        {
            _waiting.Add(request);
            isLeader = _waiting.Count == _living;
            _isRunning |= isLeader;
        }

        if (isLeader || request.Wait())
        {
            Lead(request);
        }

        request.ThrowIfFailed();
    }

    private void Lead(LaneRequest own)
    {
        // Nobody else touches the lists while a batch runs: all who could are in it.
        (_waiting, _batch) = (_batch, _waiting);
        _batch.Sort((one, other) => one.Lane.CompareTo(other.Lane));
        try
        {
            run(_batch);
        }
        catch (Exception failure)
        {
            foreach (var request in _batch.Where(request => !request.HasFailed))
            {
                request.Fail(failure);
            }
        }

        lock (_lock)
        {
            _isRunning = false;
            Monitor.PulseAll(_lock);
        }

        // Without the lock, for which they would only wait again: released lanes bring their next request at once. The next batch cannot begin
        // before this lane brings one too or leaves, so the list is still its own.
        foreach (var request in _batch)
        {
            if (request != own)
            {
                request.Release(isLeader: false);
            }
        }

        _batch.Clear();
    }
}

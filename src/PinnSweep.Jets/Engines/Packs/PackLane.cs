using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// The place of one trial in a pack, used by one thread: the engines that it makes, and when the others need not wait for it. Whoever has a
/// lane disposes it whatever happens, or the others wait for ever.
/// </summary>
public sealed class PackLane : IEngineSource, IDisposable
{
    private readonly LaneMeeting _meeting;
    private readonly IPackBackend _backend;
    private bool _isAside;
    private bool _isDisposed;

    internal PackLane(int number, LaneMeeting meeting, IPackBackend backend) => (Number, _meeting, _backend) = (number, meeting, backend);

    /// <summary>Its number in the pack, from 0.</summary>
    public int Number { get; }

    /// <inheritdoc/>
    public IJetEngine Create(NetworkGraph network, Precision precision, int coefficients, Action<string>? note = null) =>
        new LaneEngine(Number, _meeting, _backend.CreateEngine(network, precision, coefficients, note), coefficients);

    /// <summary>
    /// The others do not wait for this lane until what is returned is disposed: for work without an engine that takes long, such as writing a
    /// file or computing a reference solution. No engine of the lane may be used meanwhile.
    /// </summary>
    public IDisposable Aside()
    {
        if (_isAside)
        {
            throw new InvalidOperationException("the lane is aside already");
        }

        _isAside = true;
        _meeting.Leave();
        return new Return(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_isAside)
        {
            _meeting.Leave();
        }
    }

    private sealed class Return(PackLane lane) : IDisposable
    {
        public void Dispose()
        {
            if (lane is { _isAside: true, _isDisposed: false })
            {
                lane._meeting.Join();
                lane._isAside = false;
            }
        }
    }
}

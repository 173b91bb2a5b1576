using Microsoft.Extensions.Logging;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Security;

/// <summary>
/// Reads a node's certificates again when their files change, and warns daily before one ends. It looks, in place of being told: the
/// folders of Kubernetes' secrets and of network disks tell nobody.
/// </summary>
public sealed class CertificateWatch : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromDays(1);

    private readonly NodeTls _tls;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private DateTimeOffset _warnAt;

    /// <summary>Begins at once, with the warnings that are due.</summary>
    public CertificateWatch(NodeTls tls, TimeProvider clock, ILogger log)
    {
        (_tls, _clock, _log) = (tls, clock, log);
        Warn();
        // Again only after a look has ended: a disk that hangs must not gather them.
        _timer = clock.CreateTimer(_ => Look(), null, LookEvery, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        switch (_tls.Refresh())
        {
            case { Refusal: { } reason }:
                LogEvents.CertificatesRefused(_log, reason);
                break;
            case not null:
                LogEvents.CertificatesChanged(_log, string.Join("; ", _tls.Ends()));
                _warnAt = default;
                break;
        }

        Warn();
        _timer.Change(LookEvery, Timeout.InfiniteTimeSpan);
    }

    private void Warn()
    {
        var now = _clock.GetUtcNow();
        if (now < _warnAt)
        {
            return;
        }

        _warnAt = now + WarnEvery;
        foreach (var end in _tls.Ends().Where(end => end.IsNear))
        {
            LogEvents.CertificateEnds(_log, end.ToString(), end.Remedy);
        }
    }
}

using PinnSweep.Cluster.Security;

namespace PinnSweep.Api;

/// <summary>How a node serves HTTP.</summary>
/// <param name="Address">Where it listens.</param>
internal sealed record ApiOptions(ApiAddress Address)
{
    /// <summary>Who may do what; null lets everybody on this machine do everything, and is refused beyond it.</summary>
    public TokenFile? Tokens { get; init; }

    /// <summary>The node's certificates, needed for an https address.</summary>
    public NodeTls? Tls { get; init; }

    /// <summary>Where bodies lie until their hash is known; a folder of its own, emptied at the start.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>What browsers are shown; null for nothing.</summary>
    public IBrowserPages? Pages { get; init; }

    /// <summary>Whether a token in an address begins a session: where the address was printed for the one who is at this terminal.</summary>
    public bool EntersByAddress { get; init; }

    /// <summary>Larger blobs are refused.</summary>
    public long MaximumBlobBytes { get; init; } = 4L << 30;

    /// <summary>Larger studies, the files they name included, are refused.</summary>
    public int MaximumStudyBytes { get; init; } = 4 << 20;

    /// <summary>Studies with more trials are refused: planning them would hold the node up for everybody.</summary>
    public int MaximumTrials { get; init; } = 250_000;

    /// <summary>Studies that take longer to plan are refused.</summary>
    public TimeSpan PlanningLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the coordinator may take to answer.</summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request may take, but for those that move much or wait on purpose.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A watched study says something at least this often, so that a dead connection is noticed.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(15);
}

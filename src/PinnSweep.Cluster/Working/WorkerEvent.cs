namespace PinnSweep.Cluster.Working;

/// <summary>What a worker tells the node it lives in.</summary>
internal abstract record WorkerEvent
{
    private WorkerEvent()
    {
    }

    /// <summary>A coordinator knows the worker; where it takes checkpoints and results, if not through the store.</summary>
    public sealed record Registered(Uri? BlobUrl) : WorkerEvent;

    /// <summary>The coordinator does not know the worker (any more).</summary>
    public sealed record Unregistered : WorkerEvent;

    /// <summary>Everything was given back and acknowledged.</summary>
    public sealed record Drained : WorkerEvent;

    /// <summary>What it trains is not taken from it; it gives everything back.</summary>
    public sealed record Refused(string Why) : WorkerEvent;

    /// <summary>Its machine cannot train; null when it can again.</summary>
    public sealed record Paused(string? Why) : WorkerEvent;

    /// <summary>Another worker has its name and lives.</summary>
    public sealed record NameTaken(string Why) : WorkerEvent;

    /// <summary>No coordinator has spoken for too long.</summary>
    public sealed record LostCoordinator : WorkerEvent;
}

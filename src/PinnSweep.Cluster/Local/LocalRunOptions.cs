using System.Collections.Immutable;
using PinnSweep.Cluster.Hardware;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Storage;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Cluster.Local;

/// <summary>How a study is run on this machine.</summary>
public sealed record LocalRunOptions
{
    /// <summary>The store with journal, results and checkpoints: a file, or the address of a PostgreSQL database.</summary>
    public required string StorePath { get; init; }

    /// <summary>The trainer: an executable, or a .dll to be started with the running dotnet.</summary>
    public required string TrainerPath { get; init; }

    /// <summary>Trials trained at the same time.</summary>
    public int Slots { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>What each slot computes on; empty to leave it to the trainers.</summary>
    public ImmutableArray<SlotDevice> Devices { get; init; } = [];

    /// <summary>Slots in a row that share a trainer process; with 1 each trial has one of its own.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Port of the cluster on the loopback interface; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary><c>auto</c>, <c>fused</c> or <c>torch</c>.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>Time between checkpoints of a running trial.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether trained networks are stored beside results.</summary>
    public bool KeepsNetworks { get; init; } = true;

    /// <summary>Whether the states at the ends of trials are stored beside results.</summary>
    public bool KeepsFinals { get; init; } = true;

    /// <summary>Time between progress reports of a running trial.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A trainer that says nothing for this long is killed.</summary>
    public TimeSpan HangTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A trial is quarantined at this many faults of its own.</summary>
    public int FaultLimit { get; init; } = 3;

    /// <summary>Whether trials that an earlier run quarantined get another chance.</summary>
    public bool RetryQuarantined { get; init; }

    /// <summary>Environment variables of the trainers, beside the ones that every trainer gets.</summary>
    public IReadOnlyDictionary<string, string> TrainerEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>That of this program, for what a store of an earlier version does not hold of its studies' plans.</summary>
    public Catalog? Catalog { get; init; }

    /// <summary>Shows the run to people while it goes on; what it gives is disposed of before the node leaves.</summary>
    public Func<ClusterNode, Store, Task<IAsyncDisposable?>>? Serve { get; init; }

    /// <summary>How long a clean stop may take before trainers are killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

using PinnSweep.Cluster.Protocol;
using static PinnSweep.Cluster.Protocol.StudyProtocol;

namespace PinnSweep.Api;

/// <summary>Some of the registered workers, by name.</summary>
/// <param name="Epoch">Of the coordinator.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Skip">How many stand before these.</param>
/// <param name="Workers">These.</param>
internal sealed record WorkersModel(long Epoch, int Total, int Skip, IReadOnlyList<WorkerModel> Workers);

/// <summary>
/// A registered worker. <c>IsDraining</c>: it takes nothing new, it rests or ends. <c>Paused</c> says why its machine cannot train now and is
/// absent when it can.
/// </summary>
internal sealed record WorkerModel(string Name, string Address, int Cpu, int Gpu, int Running, string Software, bool IsDraining, double SilentSeconds, string? Paused = null)
{
    /// <summary>working, paused, resting, draining.</summary>
    public string State { get; init; } = "working";

    /// <summary>Since its process began to work; absent of a worker of an older version.</summary>
    public double? UptimeSeconds { get; init; }

    /// <summary>Its machine; absent of a worker of an older version.</summary>
    public MachineModel? Machine { get; init; }

    /// <summary>How fast it trains; absent of a worker of an older version.</summary>
    public ThroughputModel? Throughput { get; init; }

    /// <summary>Slots that share a device; absent where none do and no GPU is in trouble.</summary>
    public IReadOnlyList<PackModel>? Packs { get; init; }
}

/// <summary>Slots of a worker that share a trainer, and so a device; or those of a GPU that is in trouble.</summary>
/// <param name="Slot">The first of them; they stand in a row.</param>
/// <param name="Lanes">How many there are.</param>
/// <param name="Training">Trials that train there now.</param>
/// <param name="Allowed">Trials that may.</param>
/// <param name="Gpu">The number of the GPU on its machine; absent for a core.</param>
/// <param name="Shape">The shape of the trials in words; absent while nothing trains.</param>
/// <param name="Why">Why no more are allowed; absent where all lanes may be filled.</param>
/// <param name="Trouble">What is wrong with the GPU, and what to do; absent where nothing is.</param>
internal sealed record PackModel(int Slot, int Lanes, int Training, int Allowed, int? Gpu, string? Shape, string? Why, string? Trouble);

/// <summary>A machine. What is absent is unknown.</summary>
/// <param name="Processor">The maker's name of the processor.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="MemoryBytes">Memory that its processes can have in all.</param>
/// <param name="FreeMemoryBytes">Memory that new processes can have now.</param>
/// <param name="LoadPerCore">Processes that run or want to, on average over a minute, for each core.</param>
/// <param name="System">The operating system.</param>
/// <param name="Engine">What trials compute with that ask for nothing in particular.</param>
/// <param name="Devices">The GPUs that slots compute on.</param>
internal sealed record MachineModel(
    string? Processor, int? Cores, long? MemoryBytes, long? FreeMemoryBytes, double? LoadPerCore, string? System, string? Engine, IReadOnlyList<DeviceModel> Devices);

/// <summary>A GPU. <c>Use</c> is the share of the last moments in which it computed.</summary>
internal sealed record DeviceModel(int Index, string Name, long? MemoryBytes, long? UsedMemoryBytes, double? Use);

/// <summary>How fast a worker trains: results over the last ten minutes, absent in its first, and steps of all its trials together.</summary>
internal sealed record ThroughputModel(double? TrialsPerHour, double StepsPerSecond);

/// <summary>A registered worker with what it trains.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Training">What it trains, by slot; of more than 400 the first.</param>
internal sealed record WorkerDetailModel(WorkerModel Worker, IReadOnlyList<TrainingModel> Training);

/// <summary>An attempt on a worker.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Study">The name of a study that wants it.</param>
/// <param name="Labels">What tables call its levels.</param>
/// <param name="Seed">The replicate.</param>
/// <param name="Attempt">The number of the attempt.</param>
/// <param name="Slot">The slot that trains it, from 0; absent while the worker has not said.</param>
/// <param name="Device">cpu or gpu, with its number on the machine; absent where that is left to the trainer.</param>
/// <param name="Slots">Slots that it occupies.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Share">The part of its budget that is used, from 0 to 1.</param>
/// <param name="RelativeL2">The newest error; absent where it is not known.</param>
/// <param name="StepsPerSecond">Its speed.</param>
/// <param name="Since">When it was granted; absent where the store does not know.</param>
internal sealed record TrainingModel(
    string Key, string Study, IReadOnlyDictionary<string, string> Labels, long? Seed, int Attempt, int? Slot, string? Device, int Slots, int Step, double Share, double? RelativeL2, double? StepsPerSecond, DateTimeOffset? Since);

/// <summary>What the coordinator says of workers, for the interface.</summary>
internal static class WorkerModels
{
    public static WorkerModel Of(WorkerSummary worker) => new(
        worker.Name, worker.Address, worker.Slots.Cpu, worker.Slots.Gpu, worker.Running, worker.Software, worker.IsDraining, Math.Round(worker.SilentSeconds, 1), worker.Paused)
    {
        State = worker switch
        {
            { Mode: WorkerMode.Resting } => "resting",
            { IsDraining: true } => "draining",
            { Paused: not null } => "paused",
            _ => "working",
        },
        UptimeSeconds = worker.Pulse is { } pulse ? Math.Round(pulse.UptimeSeconds, 1) : null,
        Machine = worker is { Machine: null, Pulse: null } ? null : Machine(worker.Machine, worker.Pulse?.Load),
        Packs = worker.Pulse is { Packs: { IsEmpty: false } packs }
            ? [.. packs.Select(pack => new PackModel(pack.First, pack.Slots, pack.Training, pack.Allowed, pack.Gpu, pack.Shape, pack.Why, pack.Trouble))]
            : null,
        Throughput = worker.Pulse?.Throughput is { } throughput ? new(throughput.TrialsPerHour, throughput.StepsPerSecond) : null,
    };

    private static MachineModel Machine(MachineFacts? facts, MachineLoad? load)
    {
        var loads = (load?.Devices ?? []).DistinctBy(device => device.Index).ToDictionary(device => device.Index);
        return new(
            facts?.Processor,
            facts?.Cores > 0 ? facts.Cores : null,
            facts?.MemoryBytes,
            load?.FreeMemoryBytes,
            load?.PerCore is { } perCore && double.IsFinite(perCore) ? Math.Round(perCore, 2) : null,
            facts?.System,
            facts?.Engine,
            [.. (facts?.Devices ?? []).Select(device => new DeviceModel(device.Index, device.Name, device.MemoryBytes, loads.GetValueOrDefault(device.Index)?.UsedMemoryBytes, loads.GetValueOrDefault(device.Index)?.Use))]);
    }
}

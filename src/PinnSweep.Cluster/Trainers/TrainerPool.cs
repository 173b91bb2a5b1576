namespace PinnSweep.Cluster.Trainers;

/// <summary>The trainers of a worker's slots: each a process of its own, or so many slots in a row a process together.</summary>
/// <param name="slots">Slots of the worker.</param>
/// <param name="lanes">Slots that share a process.</param>
internal sealed class TrainerPool(int slots, int lanes)
{
    private readonly SharedTrainer[] _shared = lanes == 1 ? [] : [.. Enumerable.Range(0, (slots + lanes - 1) / lanes).Select(_ => new SharedTrainer(lanes))];

    /// <summary>A trainer for a slot.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be executed.</exception>
    public ITrainer Start(int slot, TrainerLaunch launch, Action<TrainerSignal> signal) =>
        lanes == 1 ? TrainerProcess.Start(launch, signal) : _shared[slot / lanes].Attach(slot % lanes, launch, signal);
}

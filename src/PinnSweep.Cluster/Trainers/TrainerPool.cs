using System.Collections.Immutable;

namespace PinnSweep.Cluster.Trainers;

/// <summary>The trainers of a worker's slots: each a process of its own, or those of a pack a process together.</summary>
/// <param name="packs">The pack of each slot; slots of one stand in a row.</param>
internal sealed class TrainerPool(ImmutableArray<int> packs)
{
    private readonly ImmutableDictionary<int, SharedTrainer> _shared = packs.CountBy(pack => pack).Where(pack => pack.Value > 1)
        .ToImmutableDictionary(pack => pack.Key, pack => new SharedTrainer(pack.Value));

    /// <summary>A trainer for a slot.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be executed.</exception>
    public ITrainer Start(int slot, TrainerLaunch launch, Action<TrainerSignal> signal) =>
        _shared.TryGetValue(packs[slot], out var shared) ? shared.Attach(slot - packs.IndexOf(packs[slot]), launch, signal) : TrainerProcess.Start(launch, signal);
}

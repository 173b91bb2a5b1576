namespace PinnSweep.Cluster.Protocol;

/// <summary>Slots of a worker that share a trainer, and so a device; or those of a GPU that is in trouble. For people.</summary>
/// <param name="First">The first of its slots; they stand in a row.</param>
/// <param name="Slots">How many there are: its lanes.</param>
/// <param name="Training">Trials that train there now.</param>
/// <param name="Allowed">Trials that may.</param>
public sealed record PackPulse(int First, int Slots, int Training, int Allowed)
{
    private const int LongestText = 300;

    /// <summary>The number of the GPU on its machine; null for a core, and where that is left to the trainer.</summary>
    public int? Gpu { get; init; }

    /// <summary>The shape of the trials in words, or how many there are; null while nothing trains.</summary>
    public string? Shape { get; init; }

    /// <summary>Why no more are allowed; null where all lanes may be filled.</summary>
    public string? Why { get; init; }

    /// <summary>What is wrong with the GPU; null where nothing is.</summary>
    public string? Trouble { get; init; }

    /// <summary>Whether it trains a trial in this slot.</summary>
    public bool Has(int slot) => slot >= First && slot < First + Slots;

    /// <summary>Cut to what a list of workers has room for.</summary>
    internal PackPulse Bounded() => this with { Shape = Cut(Shape), Why = Cut(Why), Trouble = Cut(Trouble) };

    private static string? Cut(string? text) => text is { Length: > LongestText } ? $"{text[..(LongestText - 1)]}…" : text;
}

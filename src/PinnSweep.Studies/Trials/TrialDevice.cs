namespace PinnSweep.Studies.Trials;

/// <summary>The card that a trial was trained on.</summary>
/// <param name="Name">The maker's name.</param>
/// <param name="Number">Its number among those that the trainer saw, from 0; a trainer of a node sees its own alone.</param>
/// <param name="Uuid">What tells it from all others; null where the driver does not tell.</param>
/// <param name="Driver">The version of the driver, with that of CUDA which it speaks; null where nothing tells.</param>
/// <param name="Kernels">The version of the program's own kernels, which is raised when their digits change; null where others' ran.</param>
public sealed record TrialDevice(string Name, int Number, string? Uuid, string? Driver, int? Kernels)
{
    /// <summary>The same in words.</summary>
    public override string ToString() => string.Join(
        ", ",
        new[]
        {
            FormattableString.Invariant($"{Name} ({Uuid ?? $"number {Number}"})"),
            Driver is null ? null : $"driver {Driver}",
            Kernels is { } version ? FormattableString.Invariant($"kernels {version}") : null,
        }.OfType<string>());
}

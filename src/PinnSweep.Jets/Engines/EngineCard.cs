namespace PinnSweep.Jets.Engines;

/// <summary>The card that an engine runs on, for the record.</summary>
/// <param name="Name">The maker's name.</param>
/// <param name="Number">Its number among those that this process sees.</param>
/// <param name="Uuid">What tells it from all others, whoever counts; null where the driver does not tell.</param>
/// <param name="Driver">The version of the driver, with that of CUDA which it speaks; null where nothing tells.</param>
/// <param name="Kernels">
/// The version of this program's own kernels, which is raised whenever their digits change; null where others' are run.
/// </param>
public sealed record EngineCard(string Name, int Number, string? Uuid, string? Driver, int? Kernels);

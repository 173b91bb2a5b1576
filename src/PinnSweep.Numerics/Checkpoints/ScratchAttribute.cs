namespace PinnSweep.Numerics.Checkpoints;

/// <summary>
/// A field whose content matters to no later step, because whoever reads it has filled it before in the same step. Checkpoints leave it
/// out; every other field that changes is state.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ScratchAttribute : Attribute;

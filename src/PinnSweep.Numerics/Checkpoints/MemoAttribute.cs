namespace PinnSweep.Numerics.Checkpoints;

/// <summary>
/// A field that only spares work: where it is empty, the next step computes again what it would have remembered, to the same bits. Checkpoints
/// leave it out, and a restored training begins with it empty.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class MemoAttribute : Attribute;

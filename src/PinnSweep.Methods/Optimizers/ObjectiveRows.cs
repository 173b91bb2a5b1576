namespace PinnSweep.Methods.Optimizers;

/// <summary>How long blocks of rows are.</summary>
public static class ObjectiveRows
{
    /// <summary>The most rows in a block.</summary>
    public const int Most = PinnSweep.Jets.Engines.LossPassRows.Block;
}

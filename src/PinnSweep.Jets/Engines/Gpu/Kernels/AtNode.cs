namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>Places in the record of a node. Rows and cotangents are places in the arena; −1 means absent.</summary>
internal static class AtNode
{
    /// <summary>A <see cref="NodeKinds"/>.</summary>
    public const int Kind = 0;

    /// <summary>Features.</summary>
    public const int Width = 1;

    /// <summary>Rows.</summary>
    public const int Values = 2;

    /// <summary>Cotangents of the rows.</summary>
    public const int Cotangents = 3;

    /// <summary>The first source, a <see cref="SourceLength"/> for each of three.</summary>
    public const int Sources = 4;

    /// <summary>In a source: its rows.</summary>
    public const int SourceValues = 0;

    /// <summary>In a source: their cotangents, where they are wanted.</summary>
    public const int SourceCotangents = 1;

    /// <summary>In a source: whether the cotangents are added to.</summary>
    public const int SourceAccumulates = 2;

    /// <summary>In a source: its features.</summary>
    public const int SourceWidth = 3;

    /// <summary>Numbers of a source.</summary>
    public const int SourceLength = 4;

    /// <summary>What else a kind needs, four numbers.</summary>
    public const int Extra = Sources + (3 * SourceLength);

    /// <summary>Numbers of a record.</summary>
    public const int Length = Extra + 4;
}

namespace PinnSweep.Jets.Engines.Gpu.Kernels;

/// <summary>
/// Places in the table of whole numbers that describes network, program and memory of a form to the kernels. "Arena" is the memory of a block
/// of threads, "data" what is a lane's own and stays on the device, "step" what it sends for each launch.
/// </summary>
internal static class At
{
    /// <summary>Channels of a jet.</summary>
    public const int Channels = 0;

    /// <summary>Directions.</summary>
    public const int Directions = 1;

    /// <summary>Points of a tile.</summary>
    public const int Points = 2;

    /// <summary>From one row of the arena to the next.</summary>
    public const int Pitch = 3;

    /// <summary>Nodes; those of the second points follow the others.</summary>
    public const int Nodes = 4;

    /// <summary>Where the records of the nodes begin in the table.</summary>
    public const int NodeRecords = 5;

    /// <summary>Nodes that the reverse pass visits.</summary>
    public const int Reversed = 6;

    /// <summary>Where their numbers begin in the table, in the order of the visit.</summary>
    public const int ReversedList = 7;

    /// <summary>Where the orders of the directions begin in the table.</summary>
    public const int Orders = 8;

    /// <summary>Outputs of the network.</summary>
    public const int Outputs = 9;

    /// <summary>Instructions of the residual program.</summary>
    public const int Instructions = 10;

    /// <summary>Where they begin in the table: operation, A, B.</summary>
    public const int InstructionList = 11;

    /// <summary>Residuals.</summary>
    public const int Results = 12;

    /// <summary>Where their registers begin in the table.</summary>
    public const int ResultList = 13;

    /// <summary>Where the marks begin that say which instructions lead to residual j, and behind them to any.</summary>
    public const int Leads = 14;

    /// <summary>Trainable coefficients.</summary>
    public const int Coefficients = 15;

    /// <summary>Parameters of the network.</summary>
    public const int Parameters = 16;

    /// <summary>Registers in the arena.</summary>
    public const int Registers = 17;

    /// <summary>Their cotangents in the arena.</summary>
    public const int RegisterCotangents = 18;

    /// <summary>Cotangents of the coefficients in the arena, a number a point.</summary>
    public const int CoefficientCotangents = 19;

    /// <summary>Room in the arena for a number of each feature and point.</summary>
    public const int Sums = 20;

    /// <summary>The outputs' rows in the arena; behind it those at the second points.</summary>
    public const int OutputRows = 21;

    /// <summary>The outputs' cotangents in the arena; behind it those at the second points.</summary>
    public const int OutputCotangents = 23;

    /// <summary>Coordinates.</summary>
    public const int Dimension = 25;

    /// <summary>Whether residuals compare two points.</summary>
    public const int IsPaired = 26;

    /// <summary>Constants of the instructions in the data.</summary>
    public const int Constants = 27;

    /// <summary>Where a lane's points begin in its data: coordinates, those of the second points, columns, each a vector of all points.</summary>
    public const int PointData = 28;

    /// <summary>Numbers of a lane's packed weights.</summary>
    public const int PackedLength = 29;

    /// <summary>Numbers of the head.</summary>
    public const int HeadLength = 30;

    /// <summary>Numbers of an instruction.</summary>
    public const int InstructionLength = 3;
}

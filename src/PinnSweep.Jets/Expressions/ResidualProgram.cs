using System.Collections.Immutable;

namespace PinnSweep.Jets.Expressions;

/// <summary>What an instruction of a <see cref="ResidualProgram"/> does.</summary>
public enum OpCode
{
    /// <summary>A constant: <see cref="Instruction.Constant"/>.</summary>
    Constant,

    /// <summary>
    /// Channel <see cref="Instruction.B"/> of output <see cref="Instruction.A"/>; from <see cref="ResidualProgram.Outputs"/> on of that at
    /// the point across.
    /// </summary>
    Jet,

    /// <summary>Coordinate-only column <see cref="Instruction.A"/>, evaluated when the points change.</summary>
    Column,

    /// <summary>Known function <see cref="Instruction.A"/> of the point; in programs of columns only.</summary>
    Known,

    /// <summary>Trainable coefficient <see cref="Instruction.A"/>.</summary>
    Coefficient,

    /// <summary>Register A + register B.</summary>
    Add,

    /// <summary>Register A − register B.</summary>
    Subtract,

    /// <summary>Register A × register B.</summary>
    Multiply,

    /// <summary>Register A ÷ register B.</summary>
    Divide,

    /// <summary>−register A.</summary>
    Negate,

    /// <summary>Register A × <see cref="Instruction.Constant"/>.</summary>
    Scale,

    /// <summary>Register A + <see cref="Instruction.Constant"/>.</summary>
    Offset,

    /// <summary>sin register A.</summary>
    Sin,

    /// <summary>cos register A.</summary>
    Cos,

    /// <summary>exp register A.</summary>
    Exp,

    /// <summary>ln register A.</summary>
    Log,

    /// <summary>√ register A.</summary>
    Sqrt,

    /// <summary>tanh register A.</summary>
    Tanh,

    /// <summary>Register A to the constant power <see cref="Instruction.Constant"/>.</summary>
    Power,

    /// <summary>arctan register A.</summary>
    Atan,

    /// <summary>erf register A.</summary>
    Erf,

    /// <summary>Register A where register B &gt; 0, else 0; slope 0 by register B.</summary>
    WherePositive,

    /// <summary>Register A where register B ≥ 0, else 0; slope 0 by register B.</summary>
    WhereNotNegative,
}

/// <summary>One instruction in single-assignment form: the result's register is the instruction's position.</summary>
public readonly record struct Instruction(OpCode Op, int A = 0, int B = 0, double Constant = 0);

/// <summary>
/// The residuals of a set of points, compiled: derivatives are channels of a <see cref="JetLayout"/> (mixed ones by polarization),
/// common parts are computed once, and what depends on coordinates alone is a column evaluated when the points change.
/// </summary>
/// <param name="Layout">The directions that the residuals need.</param>
/// <param name="Outputs">Number of the network's outputs.</param>
/// <param name="Coefficients">Number of trainable coefficients, which stand behind the network's parameters in θ.</param>
/// <param name="Columns">Coordinate-only expressions (no derivative, no coefficient inside).</param>
/// <param name="Instructions">The program.</param>
/// <param name="Results">The register of each residual.</param>
public sealed partial record ResidualProgram(
    JetLayout Layout,
    int Outputs,
    int Coefficients,
    ImmutableArray<Expr> Columns,
    ImmutableArray<Instruction> Instructions,
    ImmutableArray<int> Results)
{
    /// <summary>The second point of residuals that compare two; null where none does.</summary>
    public Across? Across { get; init; }

    /// <summary>
    /// Compiles the residuals of a set of points: derivatives become channels (<see cref="Polarization"/>), constants are folded,
    /// common parts and unused ones go, and every largest part that depends on coordinates alone becomes a column.
    /// </summary>
    /// <param name="inputDimension">Number of coordinates.</param>
    /// <param name="outputs">Number of the network's outputs.</param>
    /// <param name="coefficients">Number of trainable coefficients.</param>
    /// <param name="residuals">The residuals, which share the points.</param>
    /// <param name="across">The second point of residuals that compare two; null where none does.</param>
    /// <exception cref="ArgumentException">A residual names an absent output, coordinate, coefficient or second point, or a derivative of
    /// total order above 4.</exception>
    public static ResidualProgram Compile(int inputDimension, int outputs, int coefficients, IReadOnlyList<Expr> residuals, Across? across = null) =>
        new ResidualCompiler(inputDimension, outputs, coefficients, across).Compile(residuals);
}

namespace PinnSweep.Jets.Expressions;

/// <summary>
/// Interprets a <see cref="ResidualProgram"/> at one point in fp64: residuals from jets, and by a reverse sweep the derivative of
/// a weighted sum of residuals by every jet channel and coefficient. The slow and obvious version that engines are held against.
/// </summary>
internal sealed class ResidualEvaluator(ResidualProgram program)
{
    private readonly double[] _values = new double[program.Instructions.Length];
    private readonly double[] _cotangents = new double[program.Instructions.Length];

    /// <summary>The residuals at one point.</summary>
    /// <param name="jets">Entry o·channels + c; behind the outputs those at the point across, where the program has one.</param>
    /// <param name="columns">One value for each of <see cref="ResidualProgram.Columns"/>.</param>
    /// <param name="coefficients">The trainable coefficients.</param>
    /// <param name="residuals">One for each of <see cref="ResidualProgram.Results"/>.</param>
    public void Evaluate(ReadOnlySpan<double> jets, ReadOnlySpan<double> columns, ReadOnlySpan<double> coefficients, Span<double> residuals)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var instruction = program.Instructions[i];
            var (readsA, readsB) = instruction.Op.Reads();
            _values[i] = instruction.Op switch
            {
                OpCode.Jet => jets[(instruction.A * program.Layout.Channels) + instruction.B],
                OpCode.Column => columns[instruction.A],
                OpCode.Coefficient => coefficients[instruction.A],
                _ => instruction.Op.Apply(readsA ? _values[instruction.A] : 0, readsB ? _values[instruction.B] : 0, instruction.Constant),
            };
        }

        for (var j = 0; j < residuals.Length; j++)
        {
            residuals[j] = _values[program.Results[j]];
        }
    }

    /// <summary>Pulls cotangents of the residuals of the last <see cref="Evaluate"/> back; overwrites both results.</summary>
    /// <param name="seeds">The cotangent of each residual.</param>
    /// <param name="jetCotangents">Σ seed · ∂r/∂jet, entry o·channels + c.</param>
    /// <param name="coefficientCotangents">Σ seed · ∂r/∂coefficient.</param>
    public void Differentiate(ReadOnlySpan<double> seeds, Span<double> jetCotangents, Span<double> coefficientCotangents)
    {
        Array.Clear(_cotangents);
        jetCotangents.Clear();
        coefficientCotangents.Clear();
        for (var j = 0; j < seeds.Length; j++)
        {
            _cotangents[program.Results[j]] += seeds[j];
        }

        for (var i = _values.Length - 1; i >= 0; i--)
        {
            var instruction = program.Instructions[i];
            var cotangent = _cotangents[i];
            switch (instruction.Op)
            {
                case OpCode.Jet:
                    jetCotangents[(instruction.A * program.Layout.Channels) + instruction.B] += cotangent;
                    break;
                case OpCode.Coefficient:
                    coefficientCotangents[instruction.A] += cotangent;
                    break;
                default:
                    Spread(instruction, i, cotangent);
                    break;
            }
        }
    }

    private void Spread(Instruction instruction, int register, double cotangent)
    {
        var (readsA, readsB) = instruction.Op.Reads();
        var slopes = instruction.Op.Slopes(readsA ? _values[instruction.A] : 0, readsB ? _values[instruction.B] : 0, instruction.Constant, _values[register]);
        if (readsA)
        {
            _cotangents[instruction.A] += cotangent * slopes.A;
        }

        if (readsB)
        {
            _cotangents[instruction.B] += cotangent * slopes.B;
        }
    }
}

using PinnSweep.Jets.Expressions;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch;

/// <summary>Interprets a <see cref="ResidualProgram"/> over tensors […, n]; autograd differentiates it.</summary>
internal static class TorchResidual
{
    /// <summary>
    /// The residuals, each of the given shape; <paramref name="across"/> has the outputs at the second points of residuals that compare
    /// two.
    /// </summary>
    public static Tensor[] Evaluate(ResidualProgram program, TorchLayout layout, TorchSeries outputs, TorchSeries? across, Tensor? columns, Tensor coefficients, long[] shape)
    {
        var registers = new Tensor[program.Instructions.Length];
        for (var i = 0; i < registers.Length; i++)
        {
            var instruction = program.Instructions[i];
            var (readsA, readsB) = instruction.Op.Reads();
            registers[i] = instruction.Op switch
            {
                OpCode.Constant => TorchMemory.From([instruction.Constant], [1], outputs.Value.dtype, outputs.Value.device),
                OpCode.Jet when instruction.A >= program.Outputs => layout.Channel(across!, instruction.A - program.Outputs, instruction.B),
                OpCode.Jet => layout.Channel(outputs, instruction.A, instruction.B),
                OpCode.Column => columns!.select(0, instruction.A),
                OpCode.Coefficient => coefficients.narrow(-1, instruction.A, 1),
                _ when readsB => Operate(instruction, registers[instruction.A], registers[instruction.B]),
                _ when readsA => Operate(instruction, registers[instruction.A]),
                _ => throw new InvalidOperationException($"Unknown instruction {instruction}."),
            };
        }

        return [.. program.Results.Select(result => registers[result].expand(shape))];
    }

    private static Tensor Operate(Instruction instruction, Tensor a, Tensor b) => instruction.Op switch
    {
        OpCode.Add => a.Plus(b),
        OpCode.Subtract => a.Minus(b),
        OpCode.Multiply => a.Times(b),
        OpCode.Divide => a.div(b),
        // relu keeps what is not a number; detached, it has no slope.
        OpCode.WherePositive => where(b.gt(zeros_like(b)), a, b.detach().relu()),
        OpCode.WhereNotNegative => where(b.ge(zeros_like(b)), a, b.detach().relu()),
        _ => throw new InvalidOperationException($"Unknown instruction {instruction}."),
    };

    private static Tensor Operate(Instruction instruction, Tensor a) => instruction.Op switch
    {
        OpCode.Negate => a.neg(),
        OpCode.Scale => a.Times(instruction.Constant),
        OpCode.Offset => a.Plus(instruction.Constant),
        OpCode.Sin => a.sin(),
        OpCode.Cos => a.cos(),
        OpCode.Exp => a.exp(),
        OpCode.Log => a.log(),
        OpCode.Sqrt => a.sqrt(),
        OpCode.Tanh => a.tanh(),
        OpCode.Atan => a.atan(),
        OpCode.Erf => a.erf(),
        OpCode.Power => a.Power(instruction.Constant),
        _ => throw new InvalidOperationException($"Unknown instruction {instruction}."),
    };
}

namespace PinnSweep.Jets.Expressions;

/// <summary>Emits instructions in single-assignment form; equal instructions share a register and constants are folded.</summary>
internal sealed class ProgramBuilder
{
    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<Instruction, int> _registers = [];

    public Instruction this[int register] => _instructions[register];

    /// <summary>The functions that <see cref="OpCode.Known"/> names by their index.</summary>
    public List<Expr.KnownFunction> Functions { get; } = [];

    public int Known(Expr.KnownFunction function)
    {
        var index = Functions.IndexOf(function);
        if (index < 0)
        {
            index = Functions.Count;
            Functions.Add(function);
        }

        return Append(new(OpCode.Known, index));
    }

    public int Constant(double value) => Append(new(OpCode.Constant, Constant: value));

    public int Lower(UnaryFunction function, int a, double exponent) => function switch
    {
        UnaryFunction.Negate => Scale(a, -1),
        UnaryFunction.Power => Power(a, exponent),
        _ => Function(Code(function), a),
    };

    public int Lower(BinaryOperation operation, int a, int b) => operation switch
    {
        BinaryOperation.Add => Add(a, b),
        BinaryOperation.Subtract => Subtract(a, b),
        BinaryOperation.Multiply => Multiply(a, b),
        BinaryOperation.Divide => Divide(a, b),
        BinaryOperation.WherePositive => Choose(OpCode.WherePositive, a, b),
        _ => Choose(OpCode.WhereNotNegative, a, b),
    };

    public int Append(Instruction instruction)
    {
        if (!_registers.TryGetValue(instruction, out var register))
        {
            register = _instructions.Count;
            _instructions.Add(instruction);
            _registers.Add(instruction, register);
        }

        return register;
    }

    public int Add(int a, int b) => (_instructions[a], _instructions[b]) switch
    {
        (_, { Op: OpCode.Constant } right) => Offset(a, right.Constant),
        ({ Op: OpCode.Constant } left, _) => Offset(b, left.Constant),
        (_, { Op: OpCode.Negate } right) => Subtract(a, right.A),
        ({ Op: OpCode.Negate } left, _) => Subtract(b, left.A),
        _ => Append(new(OpCode.Add, Math.Min(a, b), Math.Max(a, b))),
    };

    public int Scale(int a, double factor) => (_instructions[a], factor) switch
    {
        ({ Op: OpCode.Constant } operand, _) => Constant(operand.Constant * factor),
        (_, 1) => a,
        (_, 0) => Constant(0),
        ({ Op: OpCode.Scale } operand, _) => Scale(operand.A, operand.Constant * factor),
        ({ Op: OpCode.Negate } operand, _) => Scale(operand.A, -factor),
        (_, -1) => Append(new(OpCode.Negate, a)),
        _ => Append(new(OpCode.Scale, a, Constant: factor)),
    };

    /// <summary>The instructions that the results need, renumbered; results are rewritten in place.</summary>
    public IReadOnlyList<Instruction> Finish(Span<int> results)
    {
        var used = new bool[_instructions.Count];
        foreach (var result in results)
        {
            used[result] = true;
        }

        for (var i = used.Length - 1; i >= 0; i--)
        {
            var (first, second) = _instructions[i].Op.Reads();
            if (used[i] && first)
            {
                used[_instructions[i].A] = true;
            }

            if (used[i] && second)
            {
                used[_instructions[i].B] = true;
            }
        }

        var finished = new List<Instruction>();
        var renamed = new int[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            if (used[i])
            {
                var instruction = _instructions[i];
                var (first, second) = instruction.Op.Reads();
                renamed[i] = finished.Count;
                finished.Add(instruction with { A = first ? renamed[instruction.A] : instruction.A, B = second ? renamed[instruction.B] : instruction.B });
            }
        }

        for (var i = 0; i < results.Length; i++)
        {
            results[i] = renamed[results[i]];
        }

        return finished;
    }

    private static OpCode Code(UnaryFunction function) => function switch
    {
        UnaryFunction.Sin => OpCode.Sin,
        UnaryFunction.Cos => OpCode.Cos,
        UnaryFunction.Exp => OpCode.Exp,
        UnaryFunction.Log => OpCode.Log,
        UnaryFunction.Sqrt => OpCode.Sqrt,
        UnaryFunction.Tanh => OpCode.Tanh,
        UnaryFunction.Atan => OpCode.Atan,
        UnaryFunction.Erf => OpCode.Erf,
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private int Function(OpCode code, int a) =>
        _instructions[a] is { Op: OpCode.Constant } operand ? Constant(code.Apply(operand.Constant, 0, 0)) : Append(new(code, a));

    private int Choose(OpCode code, int a, int b) => (_instructions[a], _instructions[b]) switch
    {
        ({ Op: OpCode.Constant, Constant: 0 }, _) => a,
        (_, { Op: OpCode.Constant } right) => code.Apply(1, right.Constant, 0) switch { 1 => a, 0 => Constant(0), var none => Constant(none) },
        _ => Append(new(code, a, b)),
    };

    private int Offset(int a, double constant) => _instructions[a] switch
    {
        { Op: OpCode.Constant } operand => Constant(operand.Constant + constant),
        _ when constant == 0 => a,
        { Op: OpCode.Offset } operand => Offset(operand.A, operand.Constant + constant),
        _ => Append(new(OpCode.Offset, a, Constant: constant)),
    };

    private int Subtract(int a, int b) => (_instructions[a], _instructions[b]) switch
    {
        _ when a == b => Constant(0),
        (_, { Op: OpCode.Constant } right) => Offset(a, -right.Constant),
        ({ Op: OpCode.Constant } left, _) => Offset(Scale(b, -1), left.Constant),
        (_, { Op: OpCode.Negate } right) => Add(a, right.A),
        _ => Append(new(OpCode.Subtract, a, b)),
    };

    private int Multiply(int a, int b) => (_instructions[a], _instructions[b]) switch
    {
        (_, { Op: OpCode.Constant } right) => Scale(a, right.Constant),
        ({ Op: OpCode.Constant } left, _) => Scale(b, left.Constant),
        (_, { Op: OpCode.Scale } right) => Scale(Multiply(a, right.A), right.Constant),
        ({ Op: OpCode.Scale } left, _) => Scale(Multiply(left.A, b), left.Constant),
        (_, { Op: OpCode.Negate } right) => Scale(Multiply(a, right.A), -1),
        ({ Op: OpCode.Negate } left, _) => Scale(Multiply(left.A, b), -1),
        _ => Append(new(OpCode.Multiply, Math.Min(a, b), Math.Max(a, b))),
    };

    private int Divide(int a, int b) => (_instructions[a], _instructions[b]) switch
    {
        ({ Op: OpCode.Constant } left, { Op: OpCode.Constant } right) => Constant(left.Constant / right.Constant),
        (_, { Op: OpCode.Constant } right) => Scale(a, 1 / right.Constant),
        ({ Op: OpCode.Scale } left, _) => Scale(Divide(left.A, b), left.Constant),
        ({ Op: OpCode.Negate } left, _) => Scale(Divide(left.A, b), -1),
        _ => Append(new(OpCode.Divide, a, b)),
    };

    private int Power(int a, double exponent) => (_instructions[a], exponent) switch
    {
        ({ Op: OpCode.Constant } operand, _) => Constant(Math.Pow(operand.Constant, exponent)),
        (_, 0) => Constant(1),
        (_, 1) => a,
        (_, 2) => Multiply(a, a),
        (_, 3) => Multiply(a, Multiply(a, a)),
        (_, 4) => Multiply(Multiply(a, a), Multiply(a, a)),
        (_, 0.5) => Function(OpCode.Sqrt, a),
        (_, -1) => Divide(Constant(1), a),
        _ => Append(new(OpCode.Power, a, Constant: exponent)),
    };
}

namespace PinnSweep.Jets.Expressions;

/// <summary>Lowers residuals to a <see cref="ResidualProgram"/>. Shared sub-expressions are visited once, none by recursion.</summary>
internal sealed class ResidualCompiler(int inputDimension, int outputs, int coefficients, Across? across)
{
    private readonly ProgramBuilder _program = new();
    private readonly ProgramBuilder _columnProgram = new();
    private readonly List<Expr> _columns = [];
    private readonly Dictionary<int, int> _columnOfRegister = [];
    private readonly Dictionary<Expr, bool> _coordinateOnly = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, int> _lowered = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, int> _loweredColumns = new(ReferenceEqualityComparer.Instance);
    private Polarization? _polarization;

    public ResidualProgram Compile(IReadOnlyList<Expr> residuals)
    {
        var derivatives = new List<Expr.Derivative>();
        foreach (var residual in residuals)
        {
            Inspect(residual, derivatives);
        }

        _polarization = new(inputDimension, derivatives);
        var results = residuals.Select(Lower).ToArray();
        var instructions = _program.Finish(results);
        return new(_polarization.Layout, outputs, coefficients, [.. _columns], [.. instructions], [.. results]) { Across = across };
    }

    /// <summary>Lowers an expression of coordinates alone; coordinate k becomes <see cref="OpCode.Column"/> k.</summary>
    public static int LowerColumn(Expr expression, ProgramBuilder program, Dictionary<Expr, int> lowered)
    {
        foreach (var node in ExprGraph.Order(expression, lowered.ContainsKey))
        {
            lowered[node] = node switch
            {
                Expr.Number number => program.Constant(number.Value),
                Expr.CoordinateOf coordinate => program.Append(new(OpCode.Column, coordinate.Index)),
                Expr.KnownFunction function => program.Known(function),
                Expr.Unary unary => program.Lower(unary.Function, lowered[unary.Operand], unary.Exponent),
                Expr.Binary binary => program.Lower(binary.Operation, lowered[binary.Left], lowered[binary.Right]),
                _ => throw new ArgumentException($"{expression} is not a function of coordinates alone.", nameof(expression)),
            };
        }

        return lowered[expression];
    }

    private void Inspect(Expr expression, List<Expr.Derivative> derivatives)
    {
        foreach (var node in ExprGraph.Order(expression, _coordinateOnly.ContainsKey))
        {
            _coordinateOnly[node] = node switch
            {
                Expr.Number or Expr.KnownFunction => true,
                Expr.CoordinateOf coordinate => Within(coordinate.Index, inputDimension, "coordinate"),
                Expr.CoefficientOf coefficient => !Within(coefficient.Index, coefficients, "coefficient"),
                Expr.Derivative derivative => !Record(derivative, derivatives),
                Expr.Unary unary => _coordinateOnly[unary.Operand],
                Expr.Binary binary => _coordinateOnly[binary.Left] && _coordinateOnly[binary.Right],
                _ => throw new ArgumentException($"Unknown expression {node}.", nameof(expression)),
            };
        }
    }

    private static bool Within(int index, int count, string what) => index >= 0 && index < count
        ? true
        : throw new ArgumentException($"The residual names {what} {index}, there are {count}.");

    private bool Record(Expr.Derivative derivative, List<Expr.Derivative> derivatives)
    {
        Within(derivative.Output, outputs, "output");
        if (derivative.IsAcross && across is null)
        {
            throw new ArgumentException("The residual names a second point, and there is none.");
        }

        if (derivative.Orders.Length != inputDimension)
        {
            throw new ArgumentException($"A derivative is given by {derivative.Orders.Length} orders, there are {inputDimension} coordinates.");
        }

        if (derivative.Orders.Any(order => order > 0))
        {
            derivatives.Add(derivative);
        }

        return true;
    }

    private int Lower(Expr expression)
    {
        foreach (var node in ExprGraph.Order(expression, _lowered.ContainsKey, part => _coordinateOnly[part]))
        {
            _lowered[node] = node switch
            {
                _ when _coordinateOnly[node] => Column(node),
                Expr.CoefficientOf coefficient => _program.Append(new(OpCode.Coefficient, coefficient.Index)),
                Expr.Derivative derivative => Combine(derivative),
                Expr.Unary unary => _program.Lower(unary.Function, _lowered[unary.Operand], unary.Exponent),
                Expr.Binary binary => _program.Lower(binary.Operation, _lowered[binary.Left], _lowered[binary.Right]),
                _ => throw new ArgumentException($"Unknown expression {node}.", nameof(expression)),
            };
        }

        return _lowered[expression];
    }

    private int Column(Expr expression)
    {
        var register = LowerColumn(expression, _columnProgram, _loweredColumns);
        if (_columnProgram[register] is { Op: OpCode.Constant } constant)
        {
            return _program.Constant(constant.Constant);
        }

        if (!_columnOfRegister.TryGetValue(register, out var column))
        {
            column = _columns.Count;
            _columns.Add(expression);
            _columnOfRegister.Add(register, column);
        }

        return _program.Append(new(OpCode.Column, column));
    }

    private int Combine(Expr.Derivative derivative)
    {
        var sum = -1;
        foreach (var (channel, factor) in _polarization!.Terms(derivative))
        {
            var term = _program.Scale(_program.Append(new(OpCode.Jet, derivative.Output + (derivative.IsAcross ? outputs : 0), channel)), factor);
            sum = sum < 0 ? term : _program.Add(sum, term);
        }

        return sum;
    }
}

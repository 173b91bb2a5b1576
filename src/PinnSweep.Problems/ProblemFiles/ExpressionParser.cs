using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads expressions such as <c>u_t + u*u_x - nu*u_xx</c> into the type that built-in residuals are written in. Grammar, loosest first:
/// sum and difference; product and quotient; sign; power (<c>^</c> or <c>**</c>, to the right, constant exponent); function call,
/// parentheses, number, name. A name is a coordinate, a constant, an output, or an output's derivative: <c>u_xxy</c> is ∂³u/∂x²∂y. In a
/// condition <c>u_x(x-lower)</c> is that derivative on a side: <c>u(x-lower) = u(x-upper)</c> compares two. A long file, because a grammar
/// is read from its loosest rule to its tightest.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Nesting beyond this is refused, so that no input can exhaust the stack.</summary>
    private const int DeepestNesting = 200;

    private static readonly Dictionary<string, Func<Expr, Expr>> Functions = new(StringComparer.Ordinal)
    {
        ["sin"] = Expr.Sin,
        ["cos"] = Expr.Cos,
        ["tan"] = x => Expr.Sin(x) / Expr.Cos(x),
        ["exp"] = Expr.Exp,
        ["log"] = Expr.Log,
        ["sqrt"] = Expr.Sqrt,
        ["tanh"] = Expr.Tanh,
        ["sinh"] = x => 0.5 * (Expr.Exp(x) - Expr.Exp(-x)),
        ["cosh"] = x => 0.5 * (Expr.Exp(x) + Expr.Exp(-x)),
    };

    private readonly string _text;
    private readonly ExpressionSymbols _symbols;
    private int _position;
    private readonly ICollection<PartialPart>? _partial;
    private readonly Dictionary<Expr, double?> _constants = new(ReferenceEqualityComparer.Instance);
    private int _depth;
    private readonly List<(Expr Part, string Name, int Column)> _bare = [];
    private int? _pairsOn;
    private bool _hasLower;
    private bool _hasUpper;

    private ExpressionParser(string text, ExpressionSymbols symbols, ICollection<PartialPart>? partial) => (_text, _symbols, _partial) = (text, symbols, partial);

    /// <summary>Whether a word is one of the functions.</summary>
    public static bool IsFunction(string word) => Functions.ContainsKey(word);

    /// <summary>Parses the whole text.</summary>
    /// <param name="text">An expression.</param>
    /// <param name="symbols">What it may name.</param>
    /// <param name="partial">
    /// Takes the parts that have no value everywhere (quotients, functions, powers), each with its column. Where it is given, a part of
    /// constants alone that is not finite is a mistake as well; a definition that was read once is not looked at again.
    /// </param>
    /// <exception cref="ExpressionException">Something does not belong where it stands.</exception>
    public static Expr Parse(string text, ExpressionSymbols symbols, ICollection<PartialPart>? partial = null)
    {
        var parser = new ExpressionParser(text, symbols, partial);
        var expression = parser.Sum();
        return parser.AtEnd() ? expression : throw parser.Unexpected("an operator or the end");
    }

    /// <summary>Parses an equation <c>left = right</c> as its residual left − right, or an expression, which is to be zero.</summary>
    /// <inheritdoc cref="Parse"/>
    public static Expr ParseResidual(string text, ExpressionSymbols symbols, ICollection<PartialPart>? partial = null) => Residual(new(text, symbols, partial));

    /// <summary>The same of a condition, which may compare the two sides of a coordinate; that coordinate beside it.</summary>
    /// <inheritdoc cref="Parse"/>
    public static (Expr Residual, int? PairsOn) ParseCondition(string text, ExpressionSymbols symbols, ICollection<PartialPart>? partial = null)
    {
        var parser = new ExpressionParser(text, symbols, partial) { MayPair = true };
        var residual = Residual(parser);
        if (parser._pairsOn is { } axis)
        {
            parser.CheckPair(axis);
        }

        return (residual, parser._pairsOn);
    }

    /// <summary>Everything that differs on the two sides says which one it means, and both are meant somewhere.</summary>
    private void CheckPair(int axis)
    {
        var coordinate = _symbols.Coordinates[axis];
        if (_bare.Find(bare => bare.Part is Expr.Derivative || bare.Part is Expr.CoordinateOf { Index: var index } && index == axis) is { Name: { } name, Column: var column })
        {
            throw new ExpressionException(column, name == coordinate
                ? $"'{name}' has two values in a condition that compares {name}-lower and {name}-upper; write the numbers"
                : $"{NearestMatch.Quote(name)} needs a side where others have one: {name}({coordinate}-lower) or {name}({coordinate}-upper)");
        }

        if (!_hasLower || !_hasUpper)
        {
            var side = $"{coordinate}-{(_hasLower ? "lower" : "upper")}";
            throw new ExpressionException(1, $"compares nothing, because only {side} is named; a condition on that side is written {{on: {side}, expression: …}} without sides in the expression");
        }
    }

    private bool MayPair { get; init; }

    private static Expr Residual(ExpressionParser parser)
    {
        var residual = parser.Sum();
        if (parser.Take('='))
        {
            residual = parser.Finite(residual - parser.Sum(), 0);
        }

        return parser.AtEnd() ? residual : throw parser.Unexpected("an operator or the end");
    }

    private bool AtEnd()
    {
        SkipSpace();
        return _position == _text.Length;
    }

    private Expr Partial(Expr part, int start, int textStart)
    {
        _partial?.Add(new(part, start + 1, _text[textStart.._position].Trim()));
        return part;
    }

    /// <summary>
    /// An expression that may hold no infinite constant, since everything it is part of would be infinite too, or no number at all.
    /// </summary>
    private Expr Finite(Expr expression, int start) => _partial is null || ConstantValue(expression) is not { } value || double.IsFinite(value)
        ? expression
        : throw new ExpressionException(start + 1, $"{NearestMatch.Quote(_text[start.._position].Trim())} is not finite");

    private Expr Sum()
    {
        if (++_depth > DeepestNesting)
        {
            throw new ExpressionException(_position + 1, $"nested more than {DeepestNesting} deep");
        }

        SkipSpace();
        var start = _position;
        var left = Product();
        while (true)
        {
            if (Take('+'))
            {
                left = Finite(left + Product(), start);
            }
            else if (Take('-'))
            {
                left = Finite(left - Product(), start);
            }
            else
            {
                _depth--;
                return left;
            }
        }
    }

    private Expr Product()
    {
        SkipSpace();
        var start = _position;
        var left = Signed();
        while (true)
        {
            if (!Ahead("**") && Take('*'))
            {
                left = Finite(left * Signed(), start);
            }
            else if (Take('/'))
            {
                var sign = _position - 1;
                left = Partial(Finite(left / Signed(), start), sign, sign + 1);
            }
            else
            {
                return left;
            }
        }
    }

    private Expr Signed()
    {
        var negative = false;
        while (true)
        {
            if (Take('-'))
            {
                negative = !negative;
            }
            else if (!Take('+'))
            {
                return negative ? -Power() : Power();
            }
        }
    }

    private Expr Power()
    {
        SkipSpace();
        var start = _position;
        var @base = Atom();
        if (Ahead("**"))
        {
            _position += 2;
        }
        else if (!Take('^'))
        {
            return @base;
        }

        SkipSpace();
        var at = _position;
        if (++_depth > DeepestNesting)
        {
            throw new ExpressionException(at + 1, $"nested more than {DeepestNesting} deep");
        }

        var exponent = ConstantValue(Signed()) ?? throw new ExpressionException(at + 1, "an exponent must be constant");
        if (_partial is not null && !double.IsFinite(exponent))
        {
            throw new ExpressionException(at + 1, $"the exponent {NearestMatch.Quote(_text[at.._position].Trim())} is not finite");
        }

        _depth--;
        return exponent switch
        {
            0 => 1.0,
            1 => @base,
            2 => Finite(@base * @base, start),
            _ => Partial(Finite(Expr.Power(@base, exponent), start), at, start),
        };
    }

    private Expr Atom()
    {
        SkipSpace();
        if (Take('('))
        {
            var inner = Sum();
            Require(')');
            return inner;
        }

        var start = _position;
        if (_position < _text.Length && (char.IsAsciiDigit(_text[_position]) || _text[_position] == '.'))
        {
            return Number();
        }

        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] == '_'))
        {
            _position++;
        }

        if (_position == start)
        {
            throw Unexpected("a number, a name or '('");
        }

        var name = _text[start.._position];
        if (Take('('))
        {
            if (!Functions.TryGetValue(name, out var function))
            {
                if (_symbols.Resolve(name) is { } known)
                {
                    return OnSide(name, known, start);
                }

                throw new ExpressionException(start + 1, $"function {NearestMatch.Quote(name)} unknown; {Hint(name, Functions.Keys)}");
            }

            var argument = Sum();
            Require(')');
            return Partial(Finite(function(argument), start), start, start);
        }

        var resolved = _symbols.Resolve(name)
            ?? throw new ExpressionException(start + 1, _symbols.WhyNoDerivative(name) ?? $"name {NearestMatch.Quote(name)} unknown; {Hint(name, _symbols.Names)}");
        if (MayPair && resolved is Expr.Derivative or Expr.CoordinateOf)
        {
            _bare.Add((resolved, name, start + 1));
        }

        return resolved;
    }

    /// <summary>A name with something in parentheses behind it: of an output a side.</summary>
    private Expr OnSide(string name, Expr known, int start)
    {
        var at = _position;
        if (known is not Expr.Derivative derivative)
        {
            throw new ExpressionException(start + 1, $"{NearestMatch.Quote(name)} is no function; a product is written {name}*(…)");
        }

        if (Side() is not var (axis, isUpper))
        {
            throw new ExpressionException(
                at + 1, $"{NearestMatch.Quote(name)} is no function: a product is written {name}*(…), and {name}({_symbols.Coordinates[0]}-lower) is its value on a side, in a condition that compares two");
        }

        if (!MayPair)
        {
            throw new ExpressionException(start + 1, $"only a condition compares sides, for instance wrap: {{on: {_symbols.Coordinates[axis]}, expression: {name}({_symbols.Coordinates[axis]}-lower) = {name}({_symbols.Coordinates[axis]}-upper)}}");
        }

        if (_pairsOn is { } other && other != axis)
        {
            throw new ExpressionException(at + 1, $"one condition compares the sides of one coordinate, here of {_symbols.Coordinates[other]}; write another one for {_symbols.Coordinates[axis]}");
        }

        _pairsOn = axis;
        _hasLower |= !isUpper;
        _hasUpper |= isUpper;
        return derivative with { IsAcross = isUpper };
    }

    /// <summary>A coordinate's side and the closing parenthesis, or null.</summary>
    private (int Axis, bool IsUpper)? Side()
    {
        var end = _text.IndexOf(')', _position);
        var words = end < 0 ? [] : _text[_position..end].Split('-', StringSplitOptions.TrimEntries);
        if (words is not [var name, "lower" or "upper"] || _symbols.Coordinates.IndexOf(name) is not (>= 0 and var axis))
        {
            return null;
        }

        _position = end + 1;
        return (axis, words[1] == "upper");
    }

    private Expr Number()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsAsciiDigit(_text[_position]) || _text[_position] == '.'))
        {
            _position++;
        }

        if (_position < _text.Length && _text[_position] is 'e' or 'E')
        {
            var exponent = _position + 1;
            if (exponent < _text.Length && _text[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < _text.Length && char.IsAsciiDigit(_text[exponent]))
            {
                _position = exponent;
                while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
                {
                    _position++;
                }
            }
        }

        return double.TryParse(_text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new ExpressionException(start + 1, $"{NearestMatch.Quote(_text[start.._position])} is not a number");
    }

    /// <summary>The value of an expression of numbers alone; null for any other.</summary>
    private double? ConstantValue(Expr expression)
    {
        foreach (var node in ExprGraph.Order(expression, _constants.ContainsKey))
        {
            _constants[node] = node switch
            {
                Expr.Number number => number.Value,
                Expr.Unary unary => _constants[unary.Operand] is { } x ? PointFormula.Apply(unary, x) : null,
                Expr.Binary binary => _constants[binary.Left] is { } a && _constants[binary.Right] is { } b ? PointFormula.Apply(binary.Operation, a, b) : null,
                _ => null,
            };
        }

        return _constants[expression];
    }

    private static string Hint(string name, IEnumerable<string> allowed) =>
        NearestMatch.Of(name, allowed) is { } nearest ? $"nearest '{nearest}'; allowed: {string.Join(", ", allowed)}" : $"allowed: {string.Join(", ", allowed)}";

    private bool Ahead(string token)
    {
        SkipSpace();
        return _text.AsSpan(_position).StartsWith(token, StringComparison.Ordinal);
    }

    private bool Take(char symbol)
    {
        SkipSpace();
        if (_position >= _text.Length || _text[_position] != symbol)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Require(char symbol)
    {
        if (!Take(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    private ExpressionException Unexpected(string expected) =>
        new(_position + 1, _position < _text.Length ? $"'{_text[_position]}' stands where {expected} is expected" : $"the expression ends where {expected} is expected");
}

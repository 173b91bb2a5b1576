using System.Globalization;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.References;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads expressions such as <c>u_t + u*u_x - nu*u_xx</c> into the type that built-in residuals are written in. Grammar, loosest first:
/// sum and difference; product and quotient (a number may stand before its factor, <c>2x</c>); sign; power (<c>^</c> or <c>**</c>, to the
/// right; with an exponent that is not constant the exponential of it times the logarithm); function call, parentheses, number, name. A
/// name
/// is a coordinate, a constant, an output, or an output's derivative: <c>u_xxy</c> is ∂³u/∂x²∂y. In a condition <c>u_x(x-lower)</c> is that
/// derivative on a side: <c>u(x-lower) = u(x-upper)</c> compares two. Spellings of other tools that mean one thing only are read, and
/// <c>Reading.Text</c> has them in plain ASCII. A long file, because a grammar is read from its loosest rule to its tightest.
/// </summary>
internal sealed partial class ExpressionParser
{
    /// <summary>Nesting beyond this is refused, so that no input can exhaust the stack.</summary>
    private const int DeepestNesting = 200;

    private readonly ExpressionCursor _cursor;
    private readonly ExpressionSymbols _symbols;
    private readonly ExpressionCalculus _calculus;
    private readonly List<PartialPart>? _partial;
    private readonly Dictionary<string, Expr> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<Expr, double?> _constants = new(ReferenceEqualityComparer.Instance);
    private int _depth;
    private readonly List<(Expr Part, string Name, int Column)> _bare = [];
    private int? _pairsOn;
    private bool _hasLower;
    private bool _hasUpper;

    // Where a number ended that no power follows: what stands there without a sign is its factor.
    private int _numberEnd = -1;

    private ExpressionParser(string text, ExpressionSymbols symbols, List<PartialPart>? partial) =>
        (_cursor, _symbols, _calculus, _partial) = (new(text), symbols, new(symbols), partial);

    private string PlainText => _cursor.Plain();

    private string Written(int start) => _cursor.Text[start.._cursor.Position].Trim();

    /// <summary>What a text says.</summary>
    /// <param name="Expression">An expression, or of an equation its residual.</param>
    /// <param name="PairsOn">The coordinate whose two sides a condition compares; null of all else.</param>
    /// <param name="Text">The text in plain ASCII, without blanks.</param>
    public readonly record struct Reading(Expr Expression, int? PairsOn, string Text);

    /// <summary>Parses the whole text.</summary>
    /// <param name="text">An expression.</param>
    /// <param name="symbols">What it may name.</param>
    /// <param name="partial">
    /// Takes the parts that have no value everywhere (quotients, functions, powers), each with its column. Where it is given, a part of
    /// constants alone that is not finite is a mistake as well; a definition that was read once is not looked at again.
    /// </param>
    /// <exception cref="ExpressionException">Something does not belong where it stands.</exception>
    public static Expr Parse(string text, ExpressionSymbols symbols, List<PartialPart>? partial = null) => Read(text, symbols, partial, isEquation: false, isCondition: false).Expression;

    /// <summary>Parses an equation <c>left = right</c> as its residual left − right, or an expression, which is to be zero.</summary>
    /// <inheritdoc cref="Parse"/>
    public static Expr ParseResidual(string text, ExpressionSymbols symbols, List<PartialPart>? partial = null) => Read(text, symbols, partial, isEquation: true, isCondition: false).Expression;

    /// <summary>The same of a condition, which may compare the two sides of a coordinate; that coordinate beside it.</summary>
    /// <inheritdoc cref="Parse"/>
    public static (Expr Residual, int? PairsOn) ParseCondition(string text, ExpressionSymbols symbols, List<PartialPart>? partial = null) =>
        Read(text, symbols, partial, isEquation: true, isCondition: true) is var reading ? (reading.Expression, reading.PairsOn) : default;

    /// <summary>Any of these.</summary>
    /// <inheritdoc cref="Parse"/>
    public static Reading Read(string text, ExpressionSymbols symbols, List<PartialPart>? partial, bool isEquation, bool isCondition)
    {
        var parser = new ExpressionParser(text, symbols, partial) { MayPair = isCondition };
        var residual = parser.Sum();
        if (isEquation && parser._cursor.Take('='))
        {
            residual = parser.Finite(residual - parser.Sum(), 0);
        }

        if (!parser._cursor.AtEnd)
        {
            throw parser._cursor.Unexpected("an operator or the end");
        }

        parser._calculus.CheckScalar(residual, 1);
        if (parser._pairsOn is { } axis)
        {
            parser.CheckPair(axis);
        }

        return new(residual, parser._pairsOn, parser.PlainText);
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

    private Expr Partial(Expr part, int start, int textStart)
    {
        _partial?.Add(new(part, start + 1, Written(textStart)));
        return part;
    }

    /// <summary>
    /// An expression that may hold no infinite constant, since everything it is part of would be infinite too, or no number at all.
    /// </summary>
    private Expr Finite(Expr expression, int start) => _partial is null || ConstantValue(expression) is not { } value || double.IsFinite(value)
        ? expression
        : throw new ExpressionException(start + 1, $"{NearestMatch.Quote(Written(start))} is not finite");

    private Expr Sum()
    {
        if (++_depth > DeepestNesting)
        {
            throw new ExpressionException(_cursor.Position + 1, $"nested more than {DeepestNesting} deep");
        }

        _cursor.SkipSpace();
        var start = _cursor.Position;
        var left = Product();
        while (true)
        {
            if (_cursor.Take('+'))
            {
                left = Finite(left + Product(), start);
            }
            else if (_cursor.Take('-'))
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
        _cursor.SkipSpace();
        var start = _cursor.Position;
        var left = Signed();
        while (true)
        {
            if (ForeignCharacters.IsTimes(_cursor.Next))
            {
                _cursor.Spell(_cursor.Position++, 1, "*");
                left = Finite(left * Signed(), start);
            }
            else if (!_cursor.Ahead("**") && _cursor.Take('*'))
            {
                left = Finite(left * Signed(), start);
            }
            else if (_cursor.Take('/'))
            {
                var sign = _cursor.Position - 1;
                var divisor = Signed();
                if (HasFactorBehindNumber())
                {
                    throw new ExpressionException(_cursor.Position + 1, $"'{Written(start)}{_cursor.Next}…' may mean two things; write 1/(2*x) or 1/2*x");
                }

                left = Partial(Finite(left / divisor, start), sign, sign + 1);
            }
            else if (HasFactorBehindNumber())
            {
                _cursor.Spell(_cursor.Position, 0, "*");
                left = Finite(left * Power(), start);
            }
            else
            {
                return left;
            }
        }
    }

    /// <summary>
    /// Whether a number was read just before and a name or a parenthesis follows: <c>2x</c>, <c>2 sin(x)</c>, <c>3(x + 1)</c>.
    /// </summary>
    private bool HasFactorBehindNumber()
    {
        if (_numberEnd < 0 || _numberEnd != _cursor.Text[.._cursor.Position].TrimEnd().Length || !(_cursor.Next == '(' || (ForeignCharacters.IsOfName(_cursor.Next) && !char.IsAsciiDigit(_cursor.Next))))
        {
            return false;
        }

        // 2 e-3 is a number torn apart rather than a product and a difference.
        var rest = _cursor.Text.AsSpan(_cursor.Position);
        return rest is not ['e' or 'E', ..] || !(rest[1..].TrimStart() is ['+' or '-', ..])
            ? true
            : throw new ExpressionException(_cursor.Position + 1, "a number has no blanks and digits behind its 'e'; the product is written 2*e");
    }

    private Expr Signed()
    {
        var negative = false;
        while (true)
        {
            if (_cursor.Take('-'))
            {
                negative = !negative;
            }
            else if (!_cursor.Take('+'))
            {
                return negative ? -Power() : Power();
            }
        }
    }

    private Expr Power()
    {
        _cursor.SkipSpace();
        var start = _cursor.Position;
        var @base = Atom();
        if (ForeignCharacters.Superscript(_cursor.Next) is not null)
        {
            return Raised(@base, Superscript(), start, start);
        }

        if (_cursor.Ahead("**"))
        {
            _cursor.Position += 2;
        }
        else if (!_cursor.Take('^'))
        {
            return @base;
        }

        _cursor.SkipSpace();
        var at = _cursor.Position;
        if (++_depth > DeepestNesting)
        {
            throw new ExpressionException(at + 1, $"nested more than {DeepestNesting} deep");
        }

        var written = Signed();
        if (HasFactorBehindNumber())
        {
            throw new ExpressionException(_cursor.Position + 1, $"'{Written(start)}{_cursor.Next}…' may mean two things; write x^2*y or x^(2*y)");
        }

        _depth--;
        _numberEnd = -1;
        if (ConstantValue(written) is not { } exponent)
        {
            var isEuler = @base is Expr.Number { Value: Math.E };
            return isEuler ? Partial(Expr.Exp(written), at, start) : Partial(Finite(Expr.Exp(written * Expr.Log(@base)), start), at, start);
        }

        return _partial is null || double.IsFinite(exponent)
            ? Raised(@base, exponent, start, at)
            : throw new ExpressionException(at + 1, $"the exponent {NearestMatch.Quote(Written(at))} is not finite");
    }

    private Expr Raised(Expr @base, double exponent, int start, int at) => exponent switch
    {
        0 => 1.0,
        1 => @base,
        2 => Finite(@base * @base, start),
        _ => Partial(Finite(Expr.Power(@base, exponent), start), at, start),
    };

    private double Superscript()
    {
        var (start, digits) = (_cursor.Position, "");
        while (_cursor.Position < _cursor.Text.Length && ForeignCharacters.Superscript(_cursor.Text[_cursor.Position]) is { } digit)
        {
            digits += digit;
            _cursor.Position++;
        }

        _cursor.Spell(start, digits.Length, $"^{digits}");
        return int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? exponent
            : throw new ExpressionException(start + 1, $"{NearestMatch.Quote(_cursor.Text[start.._cursor.Position])} is no exponent; write ^2");
    }

    private Expr Atom()
    {
        _cursor.SkipSpace();
        _numberEnd = -1;
        if (_cursor.Take('('))
        {
            var inner = Sum();
            _cursor.Require(')');
            _numberEnd = -1;
            return inner;
        }

        var start = _cursor.Position;
        if (char.IsAsciiDigit(_cursor.Next) || _cursor.Next == '.')
        {
            var number = Number();
            _numberEnd = _cursor.Position;
            return number;
        }

        var name = Name() ?? throw _cursor.Unexpected("a number, a name or '('");
        var value = _cursor.Take('(') ? Call(name, start) : Named(name, start);
        _numberEnd = -1;
        return _cursor.Next == '\'' ? Primed(name, value, start) : value;
    }

    /// <summary>A name, spelled plainly; null where none begins.</summary>
    private string? Name()
    {
        var text = _cursor.Text;
        var start = _cursor.Position;
        while (_cursor.Position < text.Length && ForeignCharacters.IsOfName(text[_cursor.Position]))
        {
            _cursor.Position++;
        }

        var end = _cursor.Position;
        if (end == start)
        {
            return null;
        }

        var name = ForeignCharacters.Spelled(text[start..end]);
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiLetter(text[end + 1]) && ForeignNames.Packages.Contains(name))
        {
            // np.sin, tf.math.exp: the word behind the dot is what counts.
            _cursor.Position++;
            _cursor.Spell(start, end + 1 - start, "");
            return Name();
        }

        // u_{xx}
        if (name.EndsWith('_') && end < text.Length && text[end] == '{' && text.IndexOf('}', end) is > 0 and var close)
        {
            name += ForeignCharacters.Spelled(string.Concat(text[(end + 1)..close].Where(letter => !char.IsWhiteSpace(letter) && letter != ',')));
            _cursor.Position = close + 1;
        }

        name = ExpressionFunctions.OtherNames.TryGetValue(name, out var plain) && _symbols.Resolve(name) is null && !_symbols.Definitions.Exists(definition => definition.Name == name) && _cursor.Next == '(' ? plain : name;
        if (name != text[start.._cursor.Position].TrimEnd())
        {
            _cursor.Spell(start, text[start.._cursor.Position].TrimEnd().Length, name);
        }

        return name;
    }

    private Expr Number()
    {
        var start = _cursor.Position;
        while (_cursor.Position < _cursor.Text.Length && (char.IsAsciiDigit(_cursor.Text[_cursor.Position]) || _cursor.Text[_cursor.Position] == '.'))
        {
            _cursor.Position++;
        }

        if (_cursor.Position < _cursor.Text.Length && _cursor.Text[_cursor.Position] is 'e' or 'E')
        {
            var exponent = _cursor.Position + 1;
            if (exponent < _cursor.Text.Length && _cursor.Text[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < _cursor.Text.Length && char.IsAsciiDigit(_cursor.Text[exponent]))
            {
                _cursor.Position = exponent;
                while (_cursor.Position < _cursor.Text.Length && char.IsAsciiDigit(_cursor.Text[_cursor.Position]))
                {
                    _cursor.Position++;
                }
            }
        }

        return double.TryParse(_cursor.Text.AsSpan(start, _cursor.Position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new ExpressionException(start + 1, $"{NearestMatch.Quote(_cursor.Text[start.._cursor.Position])} is not a number");
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
}

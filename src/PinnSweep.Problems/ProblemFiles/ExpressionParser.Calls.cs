using PinnSweep.Jets.Expressions;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>Names and calls: what a word stands for, and what stands in the parentheses behind one.</summary>
internal sealed partial class ExpressionParser
{
    /// <summary>A name without parentheses behind it.</summary>
    private Expr Named(string name, int start)
    {
        var resolved = Resolve(name, start) ?? throw new ExpressionException(
            start + 1,
            _symbols.WhyNoDerivative(name) ?? ForeignNames.WhyNoName(_cursor.Text[start..], name, _symbols) ?? $"name {NearestMatch.Quote(name)} unknown; {Hint(name, _symbols.Names)}");
        if (MayPair)
        {
            _bare.AddRange(ExprGraph.Order(resolved).Where(part => part is Expr.Derivative or Expr.CoordinateOf).Select(part => (part, name, start + 1)));
        }

        return resolved;
    }

    /// <summary>
    /// What a name stands for: a symbol, a definition of <c>let</c> or a derivative of one, or e; null where nothing does.
    /// </summary>
    private Expr? Resolve(string name, int start)
    {
        if (_symbols.Resolve(name) is { } symbol)
        {
            return symbol;
        }

        if (_definitions.TryGetValue(name, out var known))
        {
            return known;
        }

        var index = _symbols.Definitions.FindIndex(definition => definition.Name == name);
        if (index >= 0)
        {
            return _definitions[name] = Definition(index, start);
        }

        if (name.LastIndexOf('_') is > 0 and var bar && _symbols.CoordinatesIn(name[(bar + 1)..]) is { } by && _symbols.Definitions.Exists(definition => definition.Name == name[..bar]))
        {
            return _definitions[name] = _calculus.D(Resolve(name[..bar], start)!, by, start + 1);
        }

        return name == "e" ? Math.E : null;
    }

    /// <summary>A definition, which may use those before it; what is wrong with it here is told where it is used.</summary>
    private Expr Definition(int index, int start)
    {
        var (name, text) = _symbols.Definitions[index];
        // The depth goes on, so that definitions within definitions cannot exhaust the stack either.
        var parser = new ExpressionParser(text, _symbols with { Definitions = _symbols.Definitions.GetRange(0, index) }, _partial is null ? null : []) { _depth = _depth };
        foreach (var earlier in _definitions)
        {
            parser._definitions.Add(earlier.Key, earlier.Value);
        }

        try
        {
            var value = parser.Sum();
            if (!parser._cursor.AtEnd)
            {
                throw parser._cursor.Unexpected("an operator or the end");
            }

            parser._calculus.CheckScalar(value, 1);
            parser._partial?.ForEach(part => _partial!.Add(part with { Column = start + 1, Text = $"{part.Text} of let.{name}" }));
            foreach (var earlier in parser._definitions.Where(earlier => !_definitions.ContainsKey(earlier.Key)))
            {
                _definitions.Add(earlier.Key, earlier.Value);
            }

            return value;
        }
        catch (ExpressionException mistake)
        {
            throw new ExpressionException(start + 1, $"{NearestMatch.Quote(name)} of let cannot stand here: {mistake.Message}");
        }
    }

    /// <summary>u' of a problem with one coordinate.</summary>
    private Expr Primed(string name, Expr value, int start)
    {
        var at = _cursor.Position;
        if (_symbols.Coordinates is not [var coordinate] || value is not Expr.Derivative)
        {
            throw new ExpressionException(at + 1, $"{NearestMatch.Quote(name + "'")} does not say by which coordinate; write {name}_{(_symbols.Coordinates.IsEmpty ? "x" : _symbols.Coordinates[0])}");
        }

        while (_cursor.Take('\''))
        {
            value = _calculus.D(value, [0], start + 1);
        }

        var count = _cursor.Text[at.._cursor.Position].Count(letter => letter == '\'');
        _cursor.Spell(at, _cursor.Position - at, $"{(name.Contains('_', StringComparison.Ordinal) ? "" : "_")}{string.Concat(Enumerable.Repeat(coordinate, count))}");
        return value;
    }

    /// <summary>What stands behind a name and '(': a function's arguments, or an output's side.</summary>
    private Expr Call(string name, int start)
    {
        var isFunction = ExpressionFunctions.All.TryGetValue(name, out var function);
        if (Resolve(name, start) is { } known && !((isFunction || Special.Contains(name)) && (known is not Expr.Derivative || !IsSide())))
        {
            return OnSide(name, known, start);
        }

        if (!isFunction)
        {
            return SpecialCall(name, start) ?? throw new ExpressionException(
                start + 1,
                ForeignNames.WhyNoFunction(name, _symbols) ?? $"function {NearestMatch.Quote(name)} unknown; {Hint(name, ExpressionFunctions.All.Keys.Concat(Special))}");
        }

        var arguments = Arguments();
        if (arguments.Count < function!.Least || arguments.Count > function.Most)
        {
            throw new ExpressionException(start + 1, FormattableString.Invariant(
                $"'{name}' takes {function.Least}{(function.Most == function.Least ? "" : function.Most == int.MaxValue ? " or more" : $" to {function.Most}")} arguments; found {arguments.Count}"));
        }

        return Partial(Finite(function.Of(arguments), start), start, start);
    }

    private List<Expr> Arguments()
    {
        var arguments = new List<Expr> { Sum() };
        while (_cursor.Take(','))
        {
            arguments.Add(Sum());
        }

        _cursor.Require(')');
        return arguments;
    }

    private static readonly string[] Special = ["d", "grad", "div", "dot", "laplacian", "dn", "where", "pow"];

    /// <summary>Words whose arguments are more than expressions; null where the word is none.</summary>
    private Expr? SpecialCall(string name, int start)
    {
        var column = start + 1;
        switch (name)
        {
            case "d":
                return TotalDerivative(column);
            case "where":
                return Where(start);
            case "pow" when Arguments() is var of:
                CheckCount(of.Count, 2);
                return Partial(Finite(ConstantValue(of[1]) is { } exponent ? Raised(of[0], exponent, start, start) : Expr.Exp(of[1] * Expr.Log(of[0])), start), start, start);
            case "div":
                return _calculus.Div(Arguments(), column);
            case "dot" when Arguments() is var of:
                CheckCount(of.Count, 2);
                return _calculus.Dot(of[0], of[1], column);
            case "grad" or "laplacian" or "dn" when Arguments() is var of:
                CheckCount(of.Count, 1);
                return name switch { "grad" => _calculus.Grad(of[0], column), "dn" => _calculus.AlongNormal(of[0], column), _ => _calculus.Laplacian(of[0], column) };
            default:
                return null;
        }

        void CheckCount(int found, int expected)
        {
            if (found != expected)
            {
                throw new ExpressionException(column, FormattableString.Invariant($"'{name}' takes {expected} argument{(expected == 1 ? "" : "s")}; found {found}"));
            }
        }
    }

    /// <summary>d(expr, x), d(expr, x, y), d(expr, x, 2): each coordinate as often as it stands, or as the number behind it says.</summary>
    private Expr TotalDerivative(int column)
    {
        var expression = Sum();
        var by = new List<int>();
        while (_cursor.Take(','))
        {
            _cursor.SkipSpace();
            var at = _cursor.Position;
            if (by.Count > 0 && (char.IsAsciiDigit(_cursor.Next) || _cursor.Next == '.'))
            {
                var times = ConstantValue(Number())!.Value;
                if (times != Math.Floor(times) || times < 1)
                {
                    throw new ExpressionException(at + 1, $"the order {NearestMatch.Quote(Written(at))} is no whole number: {ForeignNames.Fractional}");
                }

                by.AddRange(Enumerable.Repeat(by[^1], (int)Math.Min(times, 9) - 1));
                continue;
            }

            var name = Name();
            by.Add(name is not null && _symbols.Coordinates.IndexOf(name) is >= 0 and var axis
                ? axis
                : throw new ExpressionException(at + 1, $"d(expression, coordinate): {NearestMatch.Quote(name ?? _cursor.Next.ToString())} is no coordinate; they are {string.Join(", ", _symbols.Coordinates)}"));
        }

        _cursor.Require(')');
        return by.Count > 0
            ? _calculus.D(expression, by, column)
            : throw new ExpressionException(column, $"d(expression, coordinate) says by what is derived, for instance d(u, {(_symbols.Coordinates.IsEmpty ? "x" : _symbols.Coordinates[0])})");
    }

    /// <summary>where(condition, a, b): a part of the branch that is not taken may have no value.</summary>
    private Expr Where(int start)
    {
        var isTrue = Comparison();
        var known = _partial?.Count ?? 0;
        _cursor.Require(',');
        var a = Sum();
        _cursor.Require(',');
        var b = Sum();
        _cursor.Require(')');
        _partial?.RemoveRange(known, _partial.Count - known);
        return Partial(Finite(isTrue(a, b), start), start, start);
    }

    /// <summary>A comparison, or two as in 0 &lt; x &lt; 1, as the choice that it makes.</summary>
    private Func<Expr, Expr, Expr> Comparison()
    {
        var left = Sum();
        Func<Expr, Expr, Expr>? choice = null;
        while (choice is null || IsComparison(_cursor.Next))
        {
            if (!IsComparison(_cursor.Next))
            {
                throw _cursor.Unexpected("a comparison ('<', '<=', '>' or '>=')");
            }

            var at = _cursor.Position;
            var isLess = _cursor.Next is '<' or '≤';
            var isStrict = _cursor.Next is '<' or '>';
            if (!isStrict)
            {
                _cursor.Spell(at, 1, isLess ? "<=" : ">=");
            }

            _cursor.Position++;
            isStrict &= !_cursor.Take('=');
            var right = Sum();
            // One difference for both sides, so that exactly one of them is taken whatever rounding does.
            var by = isLess ? left - right : right - left;
            var outer = choice;
            Func<Expr, Expr, Expr> inner = isStrict ? (a, b) => ExpressionFunctions.Chosen(b, a, by) : (a, b) => ExpressionFunctions.Chosen(a, b, -by);
            choice = outer is null ? inner : (a, b) => outer(inner(a, b), b);
            left = right;
        }

        return choice;

        static bool IsComparison(char symbol) => symbol is '<' or '>' or '≤' or '≥';
    }

    /// <summary>A name with something in parentheses behind it: of an output a side.</summary>
    private Expr OnSide(string name, Expr known, int start)
    {
        var at = _cursor.Position;
        if (known is not Expr.Derivative derivative)
        {
            throw new ExpressionException(start + 1, $"{NearestMatch.Quote(name)} is no function; a product is written {name}*(…)");
        }

        if (Side() is not var (axis, isUpper))
        {
            throw new ExpressionException(
                at + 1, WhyNoSide(name) ?? $"{NearestMatch.Quote(name)} is no function: a product is written {name}*(…), and {name}({_symbols.Coordinates[0]}-lower) is its value on a side, in a condition that compares two");
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

    /// <summary>u(x, t) is u, and u(t - 1) is a delay; null of anything else.</summary>
    private string? WhyNoSide(string name)
    {
        var end = _cursor.Text.IndexOf(')', _cursor.Position);
        var inside = end < 0 ? "" : _cursor.Text[_cursor.Position..end];
        if (inside.Split(',', StringSplitOptions.TrimEntries) is var words && words.SequenceEqual(_symbols.Coordinates))
        {
            return $"'{name}({inside})' is written {name}, which stands for its value at the point";
        }

        try
        {
            var point = Parse(inside, _symbols with { Outputs = [] });
            return ExprGraph.Order(point).Any(part => part is Expr.CoordinateOf) ? $"'{name}({inside})': {ForeignNames.Delay}; a product is written {name}*(…)" : null;
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private bool IsSide()
    {
        var before = _cursor.Position;
        var side = Side();
        _cursor.Position = before;
        return side is not null;
    }

    /// <summary>A coordinate's side and the closing parenthesis, or null.</summary>
    private (int Axis, bool IsUpper)? Side()
    {
        var end = _cursor.Text.IndexOf(')', _cursor.Position);
        var words = end < 0 ? [] : _cursor.Text[_cursor.Position..end].Split('-', StringSplitOptions.TrimEntries);
        if (words is not [var name, "lower" or "upper"] || _symbols.Coordinates.IndexOf(name) is not (>= 0 and var axis))
        {
            return null;
        }

        _cursor.Position = end + 1;
        return (axis, words[1] == "upper");
    }
}

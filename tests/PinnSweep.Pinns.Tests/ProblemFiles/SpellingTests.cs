using System.Collections.Immutable;
using PinnSweep.Problems.ProblemFiles;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>What people copy from papers and other tools: read where it means one thing, else answered with the right spelling.</summary>
public sealed class SpellingTests
{
    private static readonly ExpressionSymbols Symbols =
        new(["x", "t"], ["u", "v"], ImmutableSortedDictionary<string, double>.Empty.Add("nu", 0.01).Add("k", 2), []);

    [Theory]
    [InlineData("ln(x)", "log(x)")]
    [InlineData("u_{xx} + v_{x,t}", "u_xx+v_xt")]
    [InlineData("np.sin(x)*math.pi + torch.exp(-x) - tf.math.tanh(x)", "sin(x)*pi+exp(-x)-tanh(x)")]
    [InlineData("np.where(x < 0.5, np.abs(u), 0)", "where(x<0.5,abs(u),0)")]
    [InlineData("2x", "2*x")]
    [InlineData("-2 sin(x) + 3(x + 1) - 2u_x", "-2*sin(x)+3*(x+1)-2*u_x")]
    [InlineData("2x^2t", null)]
    [InlineData("2x**3", "2*x**3")]
    [InlineData("2e^x + 1e3x", "2*e^x+1e3*x")]
    [InlineData("x·t × u ⋅ 2", "x*t*u*2")]
    [InlineData("ν*u_xx + 2π", "nu*u_xx+2*pi")]
    [InlineData("u² + x³ - x⁻¹ + x¹⁰", "u^2+x^3-x^-1+x^10")]
    [InlineData("diff(u, x) + Derivative(u, x, 2) + arctan(x)", "d(u,x)+d(u,x,2)+atan(x)")]
    [InlineData("where(x ≤ 0.5, u, 0) + where(x ≥ t, 1, 2)", "where(x<=0.5,u,0)+where(x>=t,1,2)")]
    [InlineData("power(x, 2) + maximum(u, 0)", "pow(x,2)+max(u,0)")]
    [InlineData("u\u00A0+\u2009x", "u+x")]
    public void A_spelling_that_means_one_thing_is_read_and_stored_plainly(string written, string? plain)
    {
        if (plain is null)
        {
            Assert.Contains("may mean two things", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(written, Symbols)).Message, StringComparison.Ordinal);
            return;
        }

        var read = ExpressionParser.Read(written, Symbols, null, isEquation: false, isCondition: false);

        Assert.Equal(plain, read.Text);
        Assert.Equal(ExpressionParser.Parse(plain, Symbols), read.Expression);
        Assert.Equal(plain, ExpressionParser.Read(plain, Symbols, null, isEquation: false, isCondition: false).Text);
    }

    [Theory]
    [InlineData("u − 1", 3, "U+2212 is not the minus sign '-'")]
    [InlineData("x*–1", 3, "U+2013 is not the minus sign '-'")]
    [InlineData("u\u200B + 1", 2, "U+200B is invisible")]
    [InlineData("\uFEFFu", 1, "U+FEFF is invisible")]
    [InlineData("2*х", 3, "U+0445 looks like the letter 'x' and is another one")]
    [InlineData("u ＋ 1", 3, "U+FF0B is not the character '+'")]
    [InlineData("x₁", 2, "U+2081 is not the character '1'")]
    [InlineData("|u|", 1, "'|' stands where a number, a name or '(' is expected; the size of u is written abs(u)")]
    [InlineData("u'", 2, "'u'' does not say by which coordinate; write u_x")]
    [InlineData("u’", 2, "U+2019 is no apostrophe, and derivatives are written u_x")]
    [InlineData("k(u - 1)", 1, "'k' is no function; a product is written k*(…)")]
    [InlineData("(x + 1)(x - 1)", 8, "a product is written with '*'")]
    [InlineData("(x + 1)x", 8, "a product is written with '*'")]
    [InlineData("1/2x", 4, "may mean two things; write 1/(2*x) or 1/2*x")]
    [InlineData("x^2t", 4, "may mean two things; write x^2*y or x^(2*y)")]
    [InlineData("2 e-3", 3, "a number has no blanks")]
    [InlineData("2 3", 3, "'3' stands where an operator")]
    [InlineData("du/dt + u", 1, "'du/dt' is written u_t")]
    [InlineData("d^2u/dx^2", 1, "'d^2u/dx^2' is written u_xx")]
    [InlineData("d2u/dx2", 1, "'d2u/dx2' is written u_xx")]
    [InlineData("∂u/∂t", 1, "U+2202 '∂' is not known; a derivative is written u_x, u_xx or d(expression, x)")]
    [InlineData("∇²u", 1, "laplacian(u)")]
    [InlineData("√x", 1, "sqrt(…)")]
    [InlineData("sin x", 1, "'sin' is a function; its argument stands in parentheses: sin(…)")]
    [InlineData("sin^2(x)", 1, "'sin' is a function; a power of it is written sin(…)^2")]
    [InlineData("u(x, t)", 3, "'u(x, t)' is written u, which stands for its value at the point")]
    [InlineData("u(t - 1)", 3, "values at other points (delays) are not known; an auxiliary output w")]
    [InlineData("cot(x)", 1, "function 'cot' unknown; write 1/tan(x)")]
    [InlineData("relu(u)", 1, "write max(x, 0)")]
    [InlineData("dx(u)", 1, "the derivative is written d(…, x)")]
    [InlineData("caputo(u, t, 0.5)", 1, "fractional derivatives are not known; auxiliary outputs")]
    [InlineData("0,5*u", 2, "numbers have a decimal point, 0.5")]
    [InlineData("u == 1", 3, "'=' stands where an operator or the end is expected")]
    [InlineData("(x > 0)*u", 4, "comparisons stand in where(x < 0.5, a, b)")]
    [InlineData("where(x > 0 & t > 0, 1, 2)", 13, "0 < x < 1, or one where(…) in another")]
    [InlineData("[x]", 1, "parentheses are ( and )")]
    [InlineData("ω", 1, "name 'omega' unknown")]
    [InlineData("np", 1, "name 'np' unknown")]
    public void Any_other_is_answered_with_the_right_one_and_its_column(string text, int column, string message)
    {
        var mistake = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text, Symbols));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(column, mistake.Column);
    }

    [Fact]
    public void Primes_are_read_where_there_is_one_coordinate()
    {
        var symbols = Symbols with { Coordinates = ["t"] };

        var read = ExpressionParser.Read("u'' + u_t' - v'", symbols, null, isEquation: false, isCondition: false);

        Assert.Equal("u_tt+u_tt-v_t", read.Text);
        Assert.Equal(ExpressionParser.Parse(read.Text, symbols), read.Expression);
    }

    [Fact]
    public void Random_texts_are_read_or_told_and_what_is_read_reads_again_the_same()
    {
        string[] pieces = ["u", "x", "2", "1e-3", "e", "(", ")", "+", "-", "*", "**", "^", "/", " ", "²", "·", "ν", "π", "sin(", "max(", "where(", "d(", ",", "<", "u_{xx}", "np.", "'", "=", ".", "grad(", "div(", "−"];
        var (chance, count) = (new PinnSweep.Numerics.Streams.RandomStream(7, "spellings"), 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + chance.NextInt(8)).Select(_ => pieces[chance.NextInt(pieces.Length)]));
            try
            {
                var read = ExpressionParser.Read(text, Symbols, [], isEquation: true, isCondition: true);

                count++;
                Assert.True(read.Text.All(char.IsAscii), text);
                Assert.Equal(read.Expression, ExpressionParser.Read(read.Text, Symbols, [], isEquation: true, isCondition: true).Expression);
            }
            catch (ExpressionException mistake)
            {
                Assert.InRange(mistake.Column, 1, text.Length + 1);
            }
        }

        Assert.InRange(count, 500, 15_000);
    }
}

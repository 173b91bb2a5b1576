using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CsCheck;
using PinnSweep.Jets.Engines.Fused.Kernels;
using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Tests.Engines.Fused;

/// <summary>
/// Errors in units in the last place, against <see cref="Math"/> in double precision (itself within one unit) at many arguments. For single
/// precision the double is exact; for double the bound holds the oracle's own unit as well.
/// </summary>
public sealed class ElementaryTests
{
    private const int Samples = 100_000;

    public static TheoryData<string, double, double> Functions => new()
    {
        { "tanh", -12, 12 },
        { "tanh", -0.01, 0.01 },
        { "tanh", -1e-20, 1e-20 },
        { "exp", -80, 80 },
        { "exp", -1, 1 },
        { "sigmoid", -30, 30 },
        { "softplus", -80, 80 },
        { "softplus", -1, 1 },
        { "sin", -4, 4 },
        { "sin", -1000, 1000 },
        { "sin", -1e7, 1e7 },
        { "cos", -4, 4 },
        { "cos", -1000, 1000 },
        { "log", 1e-30, 1e-20 },
        { "log", 0.5, 2 },
        { "log", 2, 1e30 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Single_precision_is_within_three_units(string function, double low, double high) =>
        Assert.InRange(Largest<Simd512<float>, Vector512<float>, float>(function, low, high), 0, 3);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Double_precision_is_within_two_units_beside_the_oracles_own(string function, double low, double high)
    {
        // The oracle of softplus is an exponential under a logarithm, a unit each.
        var oracle = function == "softplus" ? 2 : 1;

        Assert.InRange(Largest<Simd512<double>, Vector512<double>, double>(function, low, high), 0, 2 + oracle);
    }

    [Fact]
    public void Widths_agree_to_the_bit() => Gen.Double[-20, 20].Sample(x =>
    {
        var wide = At<Simd512<float>, Vector512<float>, float>("tanh", x);
        Assert.Equal(wide, At<Simd256<float>, Vector256<float>, float>("tanh", x));
        Assert.Equal(wide, At<Simd128<float>, Vector128<float>, float>("tanh", x));
    });

    [Theory]
    [InlineData("tanh", double.PositiveInfinity, 1)]
    [InlineData("tanh", double.NegativeInfinity, -1)]
    [InlineData("tanh", double.NaN, double.NaN)]
    [InlineData("exp", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("exp", double.NegativeInfinity, 0)]
    [InlineData("exp", 800, double.PositiveInfinity)]
    [InlineData("exp", -800, 0)]
    [InlineData("exp", double.NaN, double.NaN)]
    [InlineData("sigmoid", 1000, 1)]
    [InlineData("sigmoid", -1000, 0)]
    [InlineData("softplus", 1000, 1000)]
    [InlineData("softplus", -1000, 0)]
    [InlineData("softplus", double.NaN, double.NaN)]
    [InlineData("log", 0, double.NegativeInfinity)]
    [InlineData("log", -1, double.NaN)]
    [InlineData("log", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("log", double.NaN, double.NaN)]
    [InlineData("sin", double.PositiveInfinity, double.NaN)]
    public void Ends_of_the_range_are_as_the_mathematics_has_them(string function, double x, double expected)
    {
        Assert.Equal(expected, At<Simd512<float>, Vector512<float>, float>(function, x));
        Assert.Equal(expected, At<Simd512<double>, Vector512<double>, double>(function, x));
    }

    [Theory]
    [InlineData(-30, 4.906713927148187e-198)]
    [InlineData(-3, 1.3498980316300946e-3)]
    [InlineData(-0.5, 0.30853753872598690)]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.84134474606854293)]
    [InlineData(6, 0.99999999901341230)]
    public void The_normal_distribution_has_the_values_of_its_tables(double z, double expected)
    {
        // Tabulated values; 30 units for the exponential of −z²/2, whose argument is rounded.
        Assert.Equal(expected, At<Simd512<double>, Vector512<double>, double>("normal", z), 1e-13 * expected);
        Assert.Equal((float)expected, At<Simd512<float>, Vector512<float>, float>("normal", z), 3e-6 * expected + 1e-38);
    }

    private static double Largest<TSimd, TVector, TScalar>(string function, double low, double high)
        where TSimd : struct, ISimd<TVector, TScalar>
        where TVector : unmanaged
        where TScalar : unmanaged
    {
        var worst = 0.0;
        for (var i = 0; i <= Samples; i++)
        {
            var x = Scalar.ToDouble(Scalar.From<TScalar>(low + ((high - low) * i / Samples)));
            var exact = Exact(function, x);
            var unit = typeof(TScalar) == typeof(float) ? Math.Max(MathF.BitIncrement(MathF.Abs((float)exact)) - MathF.Abs((float)exact), float.Epsilon) : Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact);
            worst = Math.Max(worst, Math.Abs(At<TSimd, TVector, TScalar>(function, x) - exact) / unit);
        }

        return worst;
    }

    private static double At<TSimd, TVector, TScalar>(string function, double x)
        where TSimd : struct, ISimd<TVector, TScalar>
        where TVector : unmanaged
        where TScalar : unmanaged
    {
        var argument = TSimd.Broadcast(Scalar.From<TScalar>(x));
        var result = function switch
        {
            "tanh" => Elementary<TSimd, TVector, TScalar>.Tanh(argument),
            "exp" => Elementary<TSimd, TVector, TScalar>.Exp(argument),
            "sigmoid" => Elementary<TSimd, TVector, TScalar>.Sigmoid(argument),
            "softplus" => Elementary<TSimd, TVector, TScalar>.Softplus(argument),
            "sin" => Elementary<TSimd, TVector, TScalar>.SinCos(argument).Sine,
            "cos" => Elementary<TSimd, TVector, TScalar>.SinCos(argument).Cosine,
            "log" => Elementary<TSimd, TVector, TScalar>.Log(argument),
            _ => Elementary<TSimd, TVector, TScalar>.Normal(argument).Distribution,
        };
        return Scalar.ToDouble(Unsafe.As<TVector, TScalar>(ref result));
    }

    private static double Exact(string function, double x) => function switch
    {
        "tanh" => Math.Tanh(x),
        "exp" => Math.Exp(x),
        "sigmoid" => 1 / (1 + Math.Exp(-x)),
        "softplus" => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        _ => Math.Log(x),
    };

    // ln(1 + e), corrected by what 1 + e loses.
    private static double LogOnePlus(double e)
    {
        var sum = 1 + e;
        return sum == 1 ? e : Math.Log(sum) * e / (sum - 1);
    }
}

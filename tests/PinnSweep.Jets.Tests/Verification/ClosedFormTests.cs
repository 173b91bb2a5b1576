using PinnSweep.Jets.Engines.Torch;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Verification;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Verification;

/// <summary>Networks small enough to be differentiated by hand, one for each activation and product.</summary>
public sealed class ClosedFormTests
{
    private const double A = 0.8;
    private const double B = -0.3;
    private const double X = 0.45;

    public static TheoryData<ActivationKind> Kinds => [.. Enum.GetValues<ActivationKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_unit_has_the_derivatives_of_its_formula(ActivationKind kind)
    {
        var builder = new NetworkBuilder([-1], [1], normalise: false);
        builder.Activate(builder.Dense("unit", NetworkBuilder.Input, 1), kind);

        AssertJets(builder.Build(), [A, B], [.. Formula(kind, (A * X) + B).Select((derivative, k) => Math.Pow(A, k) * derivative)]);
    }

    [Fact]
    public void A_gate_of_sine_and_coordinate_is_a_product()
    {
        // g = sin x, u = a x + b, v = 0·x: g u + (1 − g) v = (a x + b) sin x.
        var builder = new NetworkBuilder([-1], [1], normalise: false);
        var sine = builder.Activate(NetworkBuilder.Input, ActivationKind.Sin);
        var line = builder.Dense("line", NetworkBuilder.Input, 1);
        var zero = builder.Add(new Node.FixedLinear(NetworkBuilder.Input, 1, [0]));
        builder.Add(new Node.Gate(sine, line, zero, 1));
        var (s, c, u) = (Math.Sin(X), Math.Cos(X), (A * X) + B);

        AssertJets(builder.Build(), [A, B], [u * s, (u * c) + (A * s), (2 * A * c) - (u * s), (-3 * A * s) - (u * c), (u * s) - (4 * A * c)]);
    }

    [Fact]
    public void Normalisation_enters_by_the_chain_rule()
    {
        // The box [0, 4] maps x to x/2 − 1.
        var builder = new NetworkBuilder([0], [4]);
        builder.Activate(NetworkBuilder.Input, ActivationKind.Sin);
        var (s, c) = Math.SinCos((X / 2) - 1);

        AssertJets(builder.Build(), [], [s, c / 2, -s / 4, -c / 8, s / 16]);
    }

    [Fact]
    public void A_row_scale_multiplies_by_its_exponential()
    {
        var builder = new NetworkBuilder([-1], [1], normalise: false);
        var weight = builder.Parameters("weight", 1, BlockRole.Weight, Initializers.Constant(A));
        var scale = builder.Parameters("scale", 1, BlockRole.Other, Initializers.Constant(B));
        builder.Add(new Node.Dense(NetworkBuilder.Input, 1, weight, -1, scale));
        var slope = A * Math.Exp(B);

        AssertJets(builder.Build(), [A, B], [slope * X, slope, 0, 0, 0]);
    }

    private static double[] Formula(ActivationKind kind, double z)
    {
        var (t, p) = (Math.Tanh(z), 1 / (1 + Math.Exp(-z)));
        var (s, c) = Math.SinCos(z);
        double[] sigmoid = [p, p * (1 - p), p * (1 - p) * (1 - (2 * p)), p * (1 - p) * (1 - (6 * p) + (6 * p * p)), p * (1 - p) * (1 - (14 * p) + (36 * p * p) - (24 * p * p * p))];
        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

        // Φ(0.06) from tables of the normal distribution, 0.5239221826541…
        const double Cumulative = 0.52392218265410684;
        return kind switch
        {
            ActivationKind.Tanh => [t, 1 - (t * t), -2 * t * (1 - (t * t)), (1 - (t * t)) * ((6 * t * t) - 2), (1 - (t * t)) * ((16 * t) - (24 * t * t * t))],
            ActivationKind.Sin => [s, c, -s, -c, s],
            ActivationKind.Sigmoid => sigmoid,
            ActivationKind.SiLU => [z * p, p + (z * sigmoid[1]), (2 * sigmoid[1]) + (z * sigmoid[2]), (3 * sigmoid[2]) + (z * sigmoid[3]), (4 * sigmoid[3]) + (z * sigmoid[4])],
            ActivationKind.Softplus => [Math.Log(1 + Math.Exp(z)), .. sigmoid[..4]],
            ActivationKind.GELU => [z * Cumulative, Cumulative + (z * density), (2 - (z * z)) * density, ((z * z * z) - (4 * z)) * density, (-(z * z * z * z) + (7 * z * z) - 4) * density],
            ActivationKind.ReLU => [z, 1, 0, 0, 0],
            ActivationKind.ReLU2 => [z * z, 2 * z, 2, 0, 0],
            ActivationKind.ReLU3 => [z * z * z, 3 * z * z, 6 * z, 6, 0],
            ActivationKind.ReLU4 => [z * z * z * z, 4 * z * z * z, 12 * z * z, 24 * z, 24],
            ActivationKind.ReLU5 => [z * z * z * z * z, 5 * z * z * z * z, 20 * z * z * z, 60 * z * z, 120 * z],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static void AssertJets(NetworkGraph graph, double[] theta, double[] expected)
    {
        var layout = new JetLayout(1, [new Direction([1], 4)]);
        using var engine = new TorchJetEngine(graph, 0, Precision.Float64);
        using var tape = engine.CreateTape(layout);
        var jets = new double[5];

        engine.SetParameters(theta);
        tape.SetPoints([X]);
        tape.Forward(jets);

        Assert.Equal(expected, jets, (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal(expected, ReferenceJets.Evaluate(graph, theta, [X], layout), (a, b) => Math.Abs(a - b) < 1e-13);
    }
}

using PinnSweep.Numerics.Spectral;
using PinnSweep.Problems.References;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>Spectral elements against solutions that equations were made for, and how fast errors fall.</summary>
public sealed class SpectralElementTests
{
    private static readonly double[] Places = [.. Enumerable.Range(0, 14).Select(i => 0.03 + (0.07 * i))];

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    public void Nodes_integrate_and_differentiate_polynomials_exactly(int degree)
    {
        var element = new LobattoElement(degree);

        for (var power = 0; power < 2 * degree; power++)
        {
            Assert.Equal(power % 2 == 0 ? 2.0 / (power + 1) : 0, element.Nodes.Zip(element.Weights, (x, w) => w * Math.Pow(x, power)).Sum(), 1e-13);
        }

        Assert.Equal(Math.Pow(0.3, degree), element.Interpolation(0.3).Zip(element.Nodes, (w, x) => w * Math.Pow(x, degree)).Sum(), 1e-13);
        Assert.All(Enumerable.Range(0, degree + 1), i =>
            Assert.Equal(degree * Math.Pow(element.Nodes[i], degree - 1), Enumerable.Range(0, degree + 1).Sum(j => element.First[i, j] * Math.Pow(element.Nodes[j], degree)), 1e-11));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void The_error_of_a_steady_solution_falls_by_the_degree_and_one(int degree)
    {
        var order = Math.Log2(SteadyError(4, degree) / SteadyError(8, degree));

        Assert.InRange(order, degree + 0.5, degree + 2);
    }

    [Fact]
    public void The_error_of_a_steady_solution_falls_exponentially_with_the_degree()
    {
        Assert.InRange(SteadyError(2, 12) / SteadyError(2, 6), 0, 1e-5);
        Assert.InRange(SteadyError(2, 12), 0, 1e-10);
    }

    [Fact]
    public void A_flux_is_continuous_where_the_conductivity_jumps()
    {
        // X(x) Y(y) with Y = 1 + y − y² and a kink of X at ½, where a goes from 1 to 10: u_n + u = 0 on every side, and polynomials of degree 2.
        static double X(double x) => x < 0.5 ? 1 + x : 1.5 + (0.1 * (x - 0.5)) - (1.32 * (x - 0.5) * (x - 0.5));
        static double Y(double y) => 1 + y - (y * y);
        static double A(double x, double y) => x < 0.5 ? 1 : 10;
        static double F(double x, double y) => A(x, y) * ((2 * X(x)) + (x < 0.5 ? 0 : 2.64 * Y(y)));
        var axis = new ElementAxis([0, 0.2, 0.5, 1], new(3));
        var mesh = new ElementMesh(axis, axis);

        var u = new CondensedElements(mesh, mesh.Within(A), mesh.Within((_, _) => 0), robin: 1).Solve(mesh.Load(mesh.Within(F)));

        Assert.InRange(ReferenceGrid.Distance(mesh.AtNodes((x, y) => X(x) * Y(y)), u), 0, 1e-11);
    }

    [Fact]
    public void Heat_steps_are_of_order_four()
    {
        var order = Math.Log2(HeatError(20) / HeatError(40));

        Assert.InRange(order, 3.7, 4.5);
        Assert.InRange(HeatError(40), 0, 1e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Wave_steps_are_of_order_four_where_the_speed_varies(bool isAlongY)
    {
        var (whole, half) = (WaveError(1, isAlongY), WaveError(2, isAlongY));

        Assert.InRange(Math.Log2(whole / half), 3.7, 4.3);
        Assert.InRange(half, 0, 1e-5);
    }

    private static double SteadyError(int elements, int degree)
    {
        // −∇·(a∇u) + 3u = f for u = sin πx sin 2πy and a = e^(x + y/2).
        static double U(double x, double y) => Math.Sin(Math.PI * x) * Math.Sin(2 * Math.PI * y);
        static double A(double x, double y) => Math.Exp(x + (0.5 * y));
        static double F(double x, double y) => (3 * U(x, y)) + (A(x, y) * Math.PI *
            ((5 * Math.PI * U(x, y)) - (Math.Cos(Math.PI * x) * Math.Sin(2 * Math.PI * y)) - (Math.Sin(Math.PI * x) * Math.Cos(2 * Math.PI * y))));
        var axis = ElementAxis.Equal(0, 1, elements, new(degree));
        var mesh = new ElementMesh(axis, axis);
        var u = new CondensedElements(mesh, mesh.Within(A), mesh.Within((_, _) => 3), robin: null).Solve(mesh.Load(mesh.Within(F)));
        return ReferenceGrid.Distance([.. Places.SelectMany(x => Places.Select(y => U(x, y)))], mesh.On(Places, Places, u));
    }

    private static double HeatError(int steps)
    {
        // 2u_t = Δu + (2g' + 2π² g) sin πx sin πy for g = sin² 2t.
        static double Amplitude(double t) => Math.Pow(Math.Sin(2 * t), 2);
        static double Shape(double x, double y) => Math.Sin(Math.PI * x) * Math.Sin(Math.PI * y);
        var axis = ElementAxis.Equal(0, 1, 2, new(10));
        var mesh = new ElementMesh(axis, axis);
        var march = new HeatMarch(mesh, mesh.Within((_, _) => 2), mesh.Within((_, _) => 1), mesh.Within(Shape), 1.0 / steps);
        var u = new double[mesh.Count];
        for (var s = 0; s < steps; s++)
        {
            u = march.Step(u, (double)s / steps, t => (4 * Math.Sin(4 * t)) + (2 * Math.PI * Math.PI * Amplitude(t)));
        }

        return ReferenceGrid.Distance(mesh.AtNodes((x, y) => Amplitude(1) * Shape(x, y)), u);
    }

    private static double WaveError(int finer, bool isAlongY)
    {
        // X(x) cos 2πt with X = cos πx + 0.02 cos 3πx solves u_tt = c u_xx for c = −4π² X/X'', which is positive.
        static double X(double x) => Math.Cos(Math.PI * x) + (0.02 * Math.Cos(3 * Math.PI * x));
        static double C(double x) => 4 * (1 + (0.02 * Third(x))) / (1 + (0.18 * Third(x)));
        static double Third(double x) => (4 * Math.Pow(Math.Cos(Math.PI * x), 2)) - 3;
        var axis = ElementAxis.Equal(-1, 1, 6, new(10));
        var mesh = new ElementMesh(axis, axis);
        var march = new WaveMarch(axis, (x, y) => C(isAlongY ? y : x), (x, y) => X(isAlongY ? y : x));
        const double End = 0.9;
        var steps = finer * (int)Math.Ceiling(End / march.LongestStep);
        march.Advance(steps, End / steps, isFirst: true);
        return ReferenceGrid.Distance(mesh.AtNodes((x, y) => X(isAlongY ? y : x) * Math.Cos(2 * Math.PI * End)), march.Now);
    }
}

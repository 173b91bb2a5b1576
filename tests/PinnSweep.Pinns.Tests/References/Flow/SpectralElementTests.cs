using PinnSweep.Numerics.Matrices;
using PinnSweep.Numerics.Streams;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.References;
using PinnSweep.Problems.References.Flow;

namespace PinnSweep.Pinns.Tests.References.Flow;

/// <summary>Flows on spectral elements against closed forms, with the orders that the method promises, and against another solver.</summary>
public sealed class SpectralElementTests
{
    [Fact]
    public void Kovasznays_flow_is_met_exponentially_in_the_degree()
    {
        var errors = new[] { 6, 8, 10 }.Select(degree => Kovasznay(degree, 3)).ToArray();

        // Measured 3.9e-4, 5.0e-6 and 6.4e-8.
        Assert.True(errors[0].Velocity > 30 * errors[1].Velocity && errors[1].Velocity > 30 * errors[2].Velocity, $"{errors[0]} {errors[1]} {errors[2]}");
        Assert.InRange(errors[2].Velocity, 0, 2e-7);
        Assert.InRange(errors[2].Pressure, 0, 2e-7);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Velocities_have_an_order_above_the_degree_and_pressures_have_the_degree_as_order(int degree)
    {
        var (coarse, fine) = (Swirl(degree, 6), Swirl(degree, 12));

        Assert.InRange(Math.Log2(coarse.Velocity / fine.Velocity), degree + 0.7, degree + 1.6);
        Assert.InRange(Math.Log2(coarse.Pressure / fine.Pressure), degree - 0.3, degree + 1.1);
    }

    [Fact]
    public void Steps_in_time_have_order_three()
    {
        var (coarse, fine) = (Growing(20), Growing(40));

        Assert.InRange(Math.Log2(coarse.Velocity / fine.Velocity), 2.7, 3.4);
        Assert.InRange(Math.Log2(coarse.Pressure / fine.Pressure), 2.7, 3.4);
        Assert.InRange(fine.Velocity, 0, 1e-3);
    }

    [Fact]
    public void The_cavity_agrees_with_the_collocated_stream_function()
    {
        // The corners of the lid hold the largest errors of both.
        double[] lines = [0, 0.01, 0.06, 0.25, 0.5, 0.75, 0.94, 0.99, 1];
        var basis = new FlowBasis(6);
        var elements = new FlowElements(basis, new(basis, lines, lines), 0.01, FlowConditions.Everywhere((x, y, _) => (y == 1 ? 4 * x * (1 - x) : 0, 0)));
        var reference = LidDrivenCavity.Entry.Create(MethodLevels.Of(LidDrivenCavity.Entry.Method)).Reference!.Grid;

        var values = FlowGrid.Values(elements, SteadyFlow.Solve(elements), reference.Nodes[0], reference.Nodes[1]).ToArray();

        var mean = values.Where((_, i) => i % 3 == 2).Average();
        double[] free = [.. values.Select((value, i) => i % 3 == 2 ? value - mean : value)];
        Assert.InRange(ReferenceGrid.Distance([.. reference.Values], free), 1e-12, 1e-3);
    }

    [Fact]
    public void A_front_solves_what_a_dense_elimination_solves()
    {
        // A chain of elements of six unknowns: two of their own, two that they share with the element before, two with the next. A shared one
        // has no diagonal.
        const int Count = 6;
        var stream = new RandomStream(3, "front");
        const int Size = (4 * Count) + 2;
        int[][] elements = [.. Enumerable.Range(0, Count).Select(e => (int[])[(4 * e) + 2, (4 * e) + 3, 4 * e, (4 * e) + 1, (4 * e) + 4, (4 * e) + 5])];
        var dense = Enumerable.Range(0, Size).Select(_ => new double[Size]).ToArray();
        var matrices = elements.Select(element => element.Select((_, i) => element.Select((_, j) => i == 2 && j == 2 ? 0 : stream.NextDouble() - 0.5).ToArray()).ToArray()).ToArray();
        for (var e = 0; e < Count; e++)
        {
            for (var i = 0; i < 6; i++)
            {
                for (var j = 0; j < 6; j++)
                {
                    dense[elements[e][i]][elements[e][j]] += matrices[e][i][j];
                }
            }
        }

        double[] right = [.. Enumerable.Range(0, Size).Select(_ => stream.NextDouble())];
        var system = new FrontalSystem(Size, elements, [.. elements.Select(_ => 2)], e => [.. matrices[e].Select(row => (double[])row.Clone())]);

        var found = system.Solve(right);

        Assert.All(found.Zip(DenseSystem.Solve(dense, right)), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    private static (double Velocity, double Pressure) Kovasznay(int degree, int cells)
    {
        const double Reynolds = 20;
        var lambda = (Reynolds / 2) - Math.Sqrt((Reynolds * Reynolds / 4) + (4 * Math.PI * Math.PI));
        (double U, double V) Velocity(double x, double y) =>
            (1 - (Math.Exp(lambda * x) * Math.Cos(2 * Math.PI * y)), lambda / (2 * Math.PI) * Math.Exp(lambda * x) * Math.Sin(2 * Math.PI * y));
        var basis = new FlowBasis(degree);
        var mesh = new FlowMesh(basis, Lines(-0.5, 1, cells), Lines(-0.5, 1.5, cells));
        var elements = new FlowElements(basis, mesh, 1 / Reynolds, FlowConditions.Everywhere((x, y, _) => Velocity(x, y)));

        return Errors(elements, SteadyFlow.Solve(elements), (-0.5, 1), (-0.5, 1.5), (x, y) => (Velocity(x, y).U, Velocity(x, y).V, -0.5 * Math.Exp(2 * lambda * x)));
    }

    /// <summary>
    /// ψ = cos πx sin² πy and p = sin πx cos πy: v = 0 and p = 0 at x = 1, which is left open. The force is what the equations leave.
    /// </summary>
    private static (double U, double V, double P) SwirlAt(double x, double y) => (
        Math.PI * Math.Cos(Math.PI * x) * Math.Sin(2 * Math.PI * y),
        Math.PI * Math.Sin(Math.PI * x) * Math.Pow(Math.Sin(Math.PI * y), 2),
        Math.Sin(Math.PI * x) * Math.Cos(Math.PI * y));

    private static (double X, double Y) SwirlForce(double x, double y, double viscosity, double size, double slope)
    {
        const double Pi = Math.PI;
        var (u, v, _) = SwirlAt(x, y);
        var ux = -Pi * Pi * Math.Sin(Pi * x) * Math.Sin(2 * Pi * y);
        var uy = 2 * Pi * Pi * Math.Cos(Pi * x) * Math.Cos(2 * Pi * y);
        var vx = Pi * Pi * Math.Cos(Pi * x) * Math.Pow(Math.Sin(Pi * y), 2);
        var spreadV = (-Pi * Pi * v) + (2 * Pi * Pi * Pi * Math.Sin(Pi * x) * Math.Cos(2 * Pi * y));
        return (
            (slope * u) + (size * size * ((u * ux) + (v * uy))) + (size * ((Pi * Math.Cos(Pi * x) * Math.Cos(Pi * y)) + (viscosity * 5 * Pi * Pi * u))),
            (slope * v) + (size * size * ((u * vx) - (v * ux))) + (size * ((-Pi * Math.Sin(Pi * x) * Math.Sin(Pi * y)) - (viscosity * spreadV))));
    }

    private static (double Velocity, double Pressure) Swirl(int degree, int cells)
    {
        const double Viscosity = 0.2;
        var elements = SwirlElements(degree, cells, Viscosity, _ => 1);

        return Errors(elements, SteadyFlow.Solve(elements, (x, y) => SwirlForce(x, y, Viscosity, 1, 0)), (0, 1), (0, 1), SwirlAt);
    }

    /// <summary>The same flow times sin t, so that it starts from rest.</summary>
    private static (double Velocity, double Pressure) Growing(int steps)
    {
        const double Viscosity = 0.2;
        var flow = new UnsteadyFlow(SwirlElements(9, 2, Viscosity, Math.Sin), 1.0 / steps, (x, y, t) => SwirlForce(x, y, Viscosity, Math.Sin(t), Math.Cos(t)));
        for (var step = 0; step < steps; step++)
        {
            flow.Step();
        }

        return Errors(flow.Elements, flow.State, (0, 1), (0, 1), (x, y) => SwirlAt(x, y) is var (u, v, p) ? (Math.Sin(1) * u, Math.Sin(1) * v, Math.Sin(1) * p) : default);
    }

    private static FlowElements SwirlElements(int degree, int cells, double viscosity, Func<double, double> size)
    {
        var basis = new FlowBasis(degree);
        (double U, double V) Velocity(double x, double y, double t) => (size(t) * SwirlAt(x, y).U, size(t) * SwirlAt(x, y).V);
        return new(basis, new(basis, Lines(0, 1, cells), Lines(0, 1, cells)), viscosity, FlowConditions.Channel(1, 0, 1, Velocity));
    }

    /// <summary>Root mean squares over points inside; where velocities are given everywhere, of the pressure without its mean.</summary>
    private static (double Velocity, double Pressure) Errors(
        FlowElements elements, double[] state, (double Lower, double Upper) x, (double Lower, double Upper) y, Func<double, double, (double U, double V, double P)> exact)
    {
        var places = FlowGrid.Midpoints(x.Lower, x.Upper, 23).SelectMany(_ => FlowGrid.Midpoints(y.Lower, y.Upper, 23), (across, up) => (across, up));
        var errors = places.Select(place => (Is: elements.At(state, place.across, place.up), Should: exact(place.across, place.up)))
            .Select(pair => (U: pair.Is.U - pair.Should.U, V: pair.Is.V - pair.Should.V, P: pair.Is.P - pair.Should.P)).ToList();
        var mean = elements.Conditions.FixesPressure ? 0 : errors.Average(error => error.P);
        return (Math.Sqrt(errors.Average(error => (error.U * error.U) + (error.V * error.V))), Math.Sqrt(errors.Average(error => Math.Pow(error.P - mean, 2))));
    }

    private static double[] Lines(double lower, double upper, int cells) => [.. Enumerable.Range(0, cells + 1).Select(i => lower + ((upper - lower) * i / cells))];
}

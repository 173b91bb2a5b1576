using PinnSweep.Problems.References;
using PinnSweep.Problems.References.Flow;

namespace PinnSweep.Pinns.Tests.References.Flow;

/// <summary>The flow over a step and the pulsating one at low resolutions: convergence, and what holds of them whatever the solver.</summary>
public sealed class StepFlowTests
{
    private const double Viscosity = 0.01;

    [Fact]
    public void The_flow_over_a_step_converges_with_degree_and_layers()
    {
        var (x, y) = (FlowGrid.Midpoints(0, 4, 32), FlowGrid.Midpoints(0, 2, 16));
        var (coarse, middle, fine) = (BackStepFlow.Values(3, Viscosity, x, y), BackStepFlow.Values(4, Viscosity, x, y), BackStepFlow.Values(6, Viscosity, x, y));

        Assert.InRange(ReferenceGrid.Distance(fine, middle), 1e-9, 8e-3);
        Assert.True(ReferenceGrid.Distance(fine, coarse) > 2 * ReferenceGrid.Distance(fine, middle));
    }

    [Fact]
    public void What_enters_above_the_step_leaves_through_any_section_and_turns_back_behind_it()
    {
        var elements = BackStepFlow.Elements(5, Viscosity);
        var state = SteadyFlow.Solve(elements);
        double Flux(double x, double top) => FlowGrid.Midpoints(0, top, 400).Average(y => elements.At(state, x, y).U) * top;

        // ∫ 4y(1 − y) = 2/3.
        Assert.Equal(2.0 / 3, Flux(1.2, 1), 1e-4);
        Assert.Equal(2.0 / 3, Flux(2.7, 2), 1e-3);
        Assert.Equal(2.0 / 3, Flux(4, 2), 1e-3);
        Assert.True(elements.At(state, 2.5, 1.9).U < -0.01);

        // p is some 0.1 at the inlet.
        Assert.All(FlowGrid.Midpoints(0, 2, 40), y => Assert.Equal(0, elements.At(state, 4, y).P, 2e-3));
        Assert.True(double.IsNaN(elements.At(state, 1, 1.5).U));
    }

    [Fact]
    public void An_outlet_with_a_pressure_alone_as_published_has_more_than_one_flow()
    {
        var (one, other) = (BackStepFlow.Elements(6, Viscosity), BackStepFlow.Elements(6, Viscosity, (Outflow, OutflowSlope)));
        var (first, second) = (SteadyFlow.Solve(one), SteadyFlow.Solve(other));

        // Both keep, to the resolution, u = 4y(1 − y) and v = 0 at the inlet, rest on the walls and p = 0 on the outlet, and the equations between.
        foreach (var y in FlowGrid.Midpoints(0, 2, 40))
        {
            Assert.Equal(0, one.At(first, 4, y).P, 2e-3);
            Assert.Equal(0, other.At(second, 4, y).P, 2e-3);
            Assert.Equal(one.At(first, 0, y / 2), other.At(second, 0, y / 2) with { P = one.At(first, 0, y / 2).P });
        }

        var (x, up) = (FlowGrid.Midpoints(0, 4, 32), FlowGrid.Midpoints(0, 2, 16));
        Assert.InRange(ReferenceGrid.Distance([.. FlowGrid.Values(one, first, x, up)], [.. FlowGrid.Values(other, second, x, up)]), 0.02, 1);
        static double Outflow(double y) => 0.4 * Math.Pow(Math.Sin(Math.PI * y / 2), 2);
        static double OutflowSlope(double y) => 0.2 * Math.PI * Math.Sin(Math.PI * y);
    }

    [Fact]
    public void A_pulsating_flow_begins_with_the_pressure_of_its_inlet_and_not_with_none()
    {
        // From rest ∂u/∂t = −∇p: across the inlet p falls by −∂u/∂t = 9π sin πy a length at time 0, so no pressure of 0 begins this flow.
        var flow = new UnsteadyFlow(PulsatingFlow.Elements(4, Viscosity), 1e-4, PulsatingFlow.Force);
        flow.Step();
        flow.Step();
        double Pressure(double x) => flow.Elements.At(flow.State, x, 0.5).P;

        Assert.Equal(-9 * Math.PI, (Pressure(0.02) - Pressure(0)) / 0.02, 1.0);
        Assert.True(Pressure(0.5) > 20);
    }
}

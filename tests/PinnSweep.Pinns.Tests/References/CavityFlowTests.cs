using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Problems.Equations;

namespace PinnSweep.Pinns.Tests.References;

/// <summary>The cavity's reference against another discretization, and what holds of every incompressible flow.</summary>
public sealed class CavityFlowTests
{
    private const int Squares = 65;
    private const double Reynolds = 100;

    [Fact]
    public void Velocities_agree_with_finite_differences_of_stream_function_and_vorticity()
    {
        // Second order on 32 and 64 cells, marched to rest; Richardson's extrapolation removes the leading error. The centre of the square
        // is a node of both grids and of the reference.
        var (coarse, fine) = (March(32), March(64));
        var reference = LidDrivenCavity.Entry.Create(MethodLevels.Of(LidDrivenCavity.Entry.Method)).Reference!.Grid;
        var centre = ((Squares * Squares) / 2) * 3;

        Assert.Equal(reference.Values[centre], ((4 * fine.U) - coarse.U) / 3, 1e-3);
        Assert.Equal(reference.Values[centre + 1], ((4 * fine.V) - coarse.V) / 3, 1e-3);
    }

    [Fact]
    public void No_more_flows_in_than_out_of_any_half()
    {
        var reference = LidDrivenCavity.Entry.Create(MethodLevels.Of(LidDrivenCavity.Entry.Method)).Reference!.Grid;

        // Midpoint sums of u over the line x = ½ and of v over y = ½ vanish; the rule itself errs by some 1e-4 here.
        Assert.Equal(0, Enumerable.Range(0, Squares).Average(j => reference.Values[((Squares / 2 * Squares) + j) * 3]), 1e-3);
        Assert.Equal(0, Enumerable.Range(0, Squares).Average(i => reference.Values[(((i * Squares) + (Squares / 2)) * 3) + 1]), 1e-3);
    }

    /// <summary>
    /// u and v in the centre: ω_t + u·∇ω = Δω/Re, Δψ = −ω, Thom's wall vorticity, explicit steps and over-relaxed sweeps.
    /// </summary>
    private static (double U, double V) March(int n)
    {
        var (psi, omega, next) = (new double[n + 1, n + 1], new double[n + 1, n + 1], new double[n + 1, n + 1]);
        double h = 1.0 / n, dt = Math.Min(0.2 * h * h * Reynolds, 0.3 * h), relaxation = 2 / (1 + Math.Sin(Math.PI * h));
        for (var time = 0.0; time < 25; time += dt)
        {
            for (var sweep = 0; sweep < 6; sweep++)
            {
                for (var i = 1; i < n; i++)
                {
                    for (var j = 1; j < n; j++)
                    {
                        var mean = (psi[i + 1, j] + psi[i - 1, j] + psi[i, j + 1] + psi[i, j - 1] + (h * h * omega[i, j])) / 4;
                        psi[i, j] += relaxation * (mean - psi[i, j]);
                    }
                }
            }

            for (var i = 0; i <= n; i++)
            {
                var x = i * h;
                omega[i, 0] = -2 * psi[i, 1] / (h * h);
                omega[i, n] = (-2 * psi[i, n - 1] / (h * h)) - (2 * 4 * x * (1 - x) / h);
                omega[0, i] = -2 * psi[1, i] / (h * h);
                omega[n, i] = -2 * psi[n - 1, i] / (h * h);
            }

            for (var i = 1; i < n; i++)
            {
                for (var j = 1; j < n; j++)
                {
                    var (u, v) = ((psi[i, j + 1] - psi[i, j - 1]) / (2 * h), -(psi[i + 1, j] - psi[i - 1, j]) / (2 * h));
                    var spread = (omega[i + 1, j] + omega[i - 1, j] + omega[i, j + 1] + omega[i, j - 1] - (4 * omega[i, j])) / (h * h * Reynolds);
                    next[i, j] = omega[i, j] + (dt * (spread - (u * (omega[i + 1, j] - omega[i - 1, j]) / (2 * h)) - (v * (omega[i, j + 1] - omega[i, j - 1]) / (2 * h))));
                }
            }

            for (var i = 1; i < n; i++)
            {
                for (var j = 1; j < n; j++)
                {
                    omega[i, j] = next[i, j];
                }
            }
        }

        var c = n / 2;
        return ((psi[c, c + 1] - psi[c, c - 1]) / (2 * h), -(psi[c + 1, c] - psi[c - 1, c]) / (2 * h));
    }
}

using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;

namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>A linear scalar equation on a box without discs, solved at a polynomial degree and read at the nodes of a grid, the last coordinate running fastest.</summary>
/// <param name="Box">The box.</param>
/// <param name="Discs">The discs.</param>
/// <param name="Data">The equation and its conditions.</param>
/// <param name="Widest">The widest element.</param>
/// <param name="Layers">Thin layers of elements along the edges of the box.</param>
internal sealed record DiscsSolver(Rectangle Box, ImmutableArray<Hole> Discs, EllipticData Data, double Widest, int Layers)
{
    /// <summary>Whether lines along the coordinates divide the discs, without which there is no mesh.</summary>
    public bool HasMesh => DiscRectangles.Of(Box, Discs) is not null;

    /// <summary>Number of elements.</summary>
    public int Elements => Mesh().Count;

    /// <summary>The steady solution; 0 in the discs.</summary>
    /// <param name="degree">Of the polynomials.</param>
    /// <param name="nodes">The grid's values of x and y.</param>
    public double[] Steady(int degree, ImmutableArray<ImmutableArray<double>> nodes)
    {
        var elliptic = new EllipticOperator(new(Mesh(), degree), Data);
        var solution = new CondensedSystem(elliptic, 0).Solve(elliptic.RightSide(0));
        return [.. Readings(elliptic.Mesh, nodes).Select(reading => reading.Of(solution))];
    }

    /// <summary>The solution from u = 0 at equally spaced times from 0 on; 0 in the discs.</summary>
    /// <param name="degree">Of the polynomials.</param>
    /// <param name="nodes">The grid's values of x, y and t.</param>
    /// <param name="fineness">A step is at most this part of the time that has passed; a power of 2.</param>
    /// <param name="halvings">How often the first interval is halved towards time 0.</param>
    public double[] Evolving(int degree, ImmutableArray<ImmutableArray<double>> nodes, int fineness, int halvings)
    {
        var mesh = new SpectralMesh(Mesh(), degree);
        var (readings, times) = (Readings(mesh, nodes), nodes[2]);
        var values = new double[readings.Length * times.Length];
        var time = 0;
        foreach (var solution in Evolution.Of(new(mesh, Data), new double[mesh.Count], times[1], times.Length - 1, fineness, halvings))
        {
            for (var point = 0; point < readings.Length; point++)
            {
                values[(point * times.Length) + time] = readings[point].Of(solution);
            }

            time++;
        }

        return values;
    }

    private List<Quad> Mesh() => DiscMesh.Of(Box, Discs, Widest, Layers) ?? throw new InvalidOperationException("No line along a coordinate divides the discs.");

    private static MeshReading[] Readings(SpectralMesh mesh, ImmutableArray<ImmutableArray<double>> nodes) =>
        mesh.ReadingAt(nodes[0].SelectMany(x => nodes[1].Select(y => new PlanePoint(x, y))));
}

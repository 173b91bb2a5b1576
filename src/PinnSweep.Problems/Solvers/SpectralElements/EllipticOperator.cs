
namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>The weak form of <see cref="EllipticData"/> on a mesh: matrices of the elements, masses, right sides, and the values that are fixed.</summary>
internal sealed class EllipticOperator
{
    /// <summary>Computes the matrices.</summary>
    public EllipticOperator(SpectralMesh mesh, EllipticData data)
    {
        (Mesh, Data) = (mesh, data);
        Matrices = [.. mesh.Elements.Select(element => element.Stiffness(data.Diffusion, data.Reaction))];
        (Masses, IsFixed, FixedValues) = (new double[mesh.Count], new bool[mesh.Count], new double[mesh.Count]);
        for (var e = 0; e < mesh.Elements.Length; e++)
        {
            var (element, numbers) = (mesh.Elements[e], mesh.Numbers[e]);
            for (var node = 0; node < numbers.Length; node++)
            {
                Masses[numbers[node]] += element.Area[node];
            }

            foreach (var (condition, node, length) in Conditions(e))
            {
                if (condition.Exchange is { } exchange)
                {
                    Matrices[e][(node * numbers.Length) + node] += exchange * length;
                }
                else
                {
                    var point = mesh.Points[numbers[node]];
                    (IsFixed[numbers[node]], FixedValues[numbers[node]]) = (true, condition.Value(point.X, point.Y, 0));
                }
            }
        }
    }

    /// <summary>What is discretized.</summary>
    public EllipticData Data { get; }

    /// <summary>The mesh.</summary>
    public SpectralMesh Mesh { get; }

    /// <summary>The matrix of each element, conditions with exchange included.</summary>
    public double[][] Matrices { get; }

    /// <summary>The diagonal of the mass matrix.</summary>
    public double[] Masses { get; }

    /// <summary>Whether a node's value is given.</summary>
    public bool[] IsFixed { get; }

    /// <summary>The given values.</summary>
    public double[] FixedValues { get; }

    /// <summary>∫ f φ + ∮ g φ at a time.</summary>
    public double[] RightSide(double time)
    {
        var right = new double[Mesh.Count];
        for (var e = 0; e < Mesh.Elements.Length; e++)
        {
            var (element, numbers) = (Mesh.Elements[e], Mesh.Numbers[e]);
            for (var node = 0; node < numbers.Length; node++)
            {
                right[numbers[node]] += element.Area[node] * Data.Source(element.Points[node].X, element.Points[node].Y, time);
            }

            foreach (var (condition, node, length) in Conditions(e).Where(part => part.Condition.Exchange is not null))
            {
                right[numbers[node]] += length * condition.Value(element.Points[node].X, element.Points[node].Y, time);
            }
        }

        return right;
    }

    private IEnumerable<(SideCondition Condition, int Node, double Length)> Conditions(int e)
    {
        var element = Mesh.Elements[e];
        for (var side = 0; side < element.Quad.Sides.Length; side++)
        {
            if (element.Quad.Sides[side] is >= 0 and var boundary)
            {
                var condition = Data.Conditions(boundary);
                foreach (var (node, length) in element.OnSide(side))
                {
                    yield return (condition, node, length);
                }
            }
        }
    }
}

using System.Numerics.Tensors;
using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Problems.Solvers.SpectralElements;

/// <summary>
/// (A + σ M) u = b with A the discrete elliptic operator of a mesh, its inner unknowns eliminated element by element (static condensation),
/// and the unknowns on sides by the Cholesky factor in their envelope.
/// </summary>
internal sealed class CondensedSystem
{
    private readonly EllipticOperator _operator;
    private readonly SpectralMesh _mesh;
    private readonly EnvelopeMatrix _rim;

    // Of each element the factor of its inner block, A_ii⁻¹ A_ir by columns of the rim, and what is left on the rim.
    private readonly EnvelopeMatrix[] _inner;
    private readonly double[][][] _coupling;
    private readonly double[][,] _left;

    /// <summary>Factorizes.</summary>
    public CondensedSystem(EllipticOperator elliptic, double shift)
    {
        (_operator, _mesh) = (elliptic, elliptic.Mesh);
        var count = _mesh.Elements.Length;
        (_inner, _coupling, _left) = (new EnvelopeMatrix[count], new double[count][][], new double[count][,]);
        _rim = new(FirstColumns());
        for (var e = 0; e < count; e++)
        {
            Condense(e, shift);
            var numbers = RimNumbers(e);
            for (var r = 0; r < numbers.Length; r++)
            {
                for (var s = 0; s < numbers.Length; s++)
                {
                    if (numbers[r] >= numbers[s] && !elliptic.IsFixed[numbers[r]] && !elliptic.IsFixed[numbers[s]])
                    {
                        _rim.Add(numbers[r], numbers[s], _left[e][r, s]);
                    }
                }
            }
        }

        for (var node = 0; node < _mesh.RimCount; node++)
        {
            if (elliptic.IsFixed[node])
            {
                _rim.Add(node, node, 1);
            }
        }

        _rim.Factorize();
    }

    /// <summary>The solution, with the fixed values where values are fixed.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var (solution, inner) = (right.ToArray(), _mesh.Inner.Length);
        for (var e = 0; e < _mesh.Elements.Length; e++)
        {
            var numbers = RimNumbers(e);
            var own = right.Slice(_mesh.RimCount + (e * inner), inner);
            for (var r = 0; r < numbers.Length; r++)
            {
                solution[numbers[r]] -= TensorPrimitives.Dot(_coupling[e][r], own);
            }

            for (var s = 0; s < numbers.Length; s++)
            {
                for (var r = 0; r < numbers.Length && _operator.IsFixed[numbers[s]]; r++)
                {
                    solution[numbers[r]] -= _left[e][r, s] * _operator.FixedValues[numbers[s]];
                }
            }
        }

        for (var node = 0; node < _mesh.RimCount; node++)
        {
            solution[node] = _operator.IsFixed[node] ? _operator.FixedValues[node] : solution[node];
        }

        _rim.Solve(solution.AsSpan(0, _mesh.RimCount));
        for (var e = 0; e < _mesh.Elements.Length; e++)
        {
            var numbers = RimNumbers(e);
            var own = solution.AsSpan(_mesh.RimCount + (e * inner), inner);
            _inner[e].Solve(own);
            for (var r = 0; r < numbers.Length; r++)
            {
                TensorPrimitives.MultiplyAdd(_coupling[e][r], -solution[numbers[r]], own, own);
            }
        }

        return solution;
    }

    private int[] RimNumbers(int element) => [.. _mesh.Rim.Select(node => _mesh.Numbers[element][node])];

    private int[] FirstColumns()
    {
        int[] first = [.. Enumerable.Range(0, _mesh.RimCount)];
        for (var e = 0; e < _mesh.Elements.Length; e++)
        {
            var free = RimNumbers(e).Where(number => !_operator.IsFixed[number]).ToList();
            foreach (var number in free)
            {
                first[number] = Math.Min(first[number], free.Min());
            }
        }

        return first;
    }

    private void Condense(int e, double shift)
    {
        var (area, matrix, size) = (_mesh.Elements[e].Area, _operator.Matrices[e], _mesh.Elements[e].Area.Length);
        double Entry(int r, int s) => matrix[(r * size) + s] + (r == s ? shift * area[r] : 0);
        var (rim, inner) = (_mesh.Rim, _mesh.Inner);
        _inner[e] = new(new int[inner.Length]);
        for (var r = 0; r < inner.Length; r++)
        {
            for (var s = 0; s <= r; s++)
            {
                _inner[e].Add(r, s, Entry(inner[r], inner[s]));
            }
        }

        _inner[e].Factorize();
        _coupling[e] = [.. rim.Select(column =>
        {
            double[] values = [.. inner.Select(row => Entry(row, column))];
            _inner[e].Solve(values);
            return values;
        })];
        _left[e] = new double[rim.Length, rim.Length];
        for (var r = 0; r < rim.Length; r++)
        {
            double[] row = [.. inner.Select(column => Entry(rim[r], column))];
            for (var s = 0; s < rim.Length; s++)
            {
                _left[e][r, s] = Entry(rim[r], rim[s]) - TensorPrimitives.Dot<double>(row, _coupling[e][s]);
            }
        }
    }
}

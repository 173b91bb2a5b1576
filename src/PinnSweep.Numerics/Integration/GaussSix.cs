using PinnSweep.Numerics.Matrices;

namespace PinnSweep.Numerics.Integration;

/// <summary>
/// The Gauss method with three stages for y' = f(t, y): order six, A-stable, so that stiff systems need no small steps (Hairer, Nørsett,
/// Wanner, Solving Ordinary Differential Equations I, table II.7.4). Stages are found by Newton's method with a Jacobian of differences.
/// </summary>
/// <param name="slope">(t, y, result): writes f(t, y).</param>
/// <param name="size">Length of y.</param>
internal sealed class GaussSix(GaussSix.Slope slope, int size)
{
    private const int Stages = 3;
    private const int MostIterations = 12;
    private const double Enough = 1e-14;
    private static readonly double Root = Math.Sqrt(15);
    private static readonly double[] Nodes = [0.5 - (Root / 10), 0.5, 0.5 + (Root / 10)];
    private static readonly double[] Weights = [5.0 / 18, 4.0 / 9, 5.0 / 18];
    private static readonly double[][] Coefficients =
    [
        [5.0 / 36, (2.0 / 9) - (Root / 15), (5.0 / 36) - (Root / 30)],
        [(5.0 / 36) + (Root / 24), 2.0 / 9, (5.0 / 36) - (Root / 24)],
        [(5.0 / 36) + (Root / 30), (2.0 / 9) + (Root / 15), 5.0 / 36],
    ];

    private readonly double[] _stages = new double[Stages * size];
    private readonly double[] _place = new double[size];
    private readonly double[] _slope = new double[size];
    private readonly double[] _base = new double[size];

    /// <summary>A right-hand side.</summary>
    public delegate void Slope(double time, ReadOnlySpan<double> state, Span<double> result);

    /// <summary>Advances y by one step in place; false where the stages were not found, and y is lost.</summary>
    /// <param name="time">t at the beginning.</param>
    /// <param name="step">h.</param>
    /// <param name="state">y.</param>
    public bool Step(double time, double step, double[] state)
    {
        var jacobian = Jacobian(time, state);
        for (var i = 0; i < Stages; i++)
        {
            _base.CopyTo(_stages, i * size);
        }

        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var change = Correct(time, step, state, jacobian);
            if (!double.IsFinite(change))
            {
                return false;
            }

            if (change <= Enough || (iteration == MostIterations - 1 && change <= 1e-11))
            {
                for (var k = 0; k < size; k++)
                {
                    state[k] += step * ((Weights[0] * _stages[k]) + (Weights[1] * _stages[size + k]) + (Weights[2] * _stages[(2 * size) + k]));
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>One Newton step; the change relative to the slopes.</summary>
    private double Correct(double time, double step, double[] state, double[][] jacobian)
    {
        var right = new double[Stages * size];
        for (var i = 0; i < Stages; i++)
        {
            for (var k = 0; k < size; k++)
            {
                _place[k] = state[k] + (step * Enumerable.Range(0, Stages).Sum(j => Coefficients[i][j] * _stages[(j * size) + k]));
            }

            slope(time + (Nodes[i] * step), _place, _slope);
            for (var k = 0; k < size; k++)
            {
                right[(i * size) + k] = _slope[k] - _stages[(i * size) + k];
            }
        }

        double[][] rows =
        [
            .. Enumerable.Range(0, Stages * size).Select(row => Enumerable.Range(0, Stages * size)
                .Select(column => (row == column ? 1 : 0) - (step * Coefficients[row / size][column / size] * jacobian[row % size][column % size])).ToArray()),
        ];
        var change = DenseSystem.Solve(rows, right);
        // Slopes that are the small difference of large numbers are known no better than the state is, over a step.
        var (moved, norm) = (0.0, state.Max(Math.Abs) / Math.Abs(step));
        for (var i = 0; i < change.Length; i++)
        {
            _stages[i] += change[i];
            moved = Math.Max(moved, Math.Abs(change[i]));
            norm = Math.Max(norm, Math.Abs(_stages[i]));
        }

        return double.IsNaN(change.Sum()) ? double.NaN : moved / Math.Max(norm, double.Epsilon);
    }

    private double[][] Jacobian(double time, double[] state)
    {
        slope(time, state, _base);
        var rows = Enumerable.Range(0, size).Select(_ => new double[size]).ToArray();
        for (var column = 0; column < size; column++)
        {
            state.CopyTo(_place, 0);
            var small = 1e-7 * Math.Max(1e-3, Math.Abs(state[column]));
            _place[column] += small;
            slope(time, _place, _slope);
            for (var row = 0; row < size; row++)
            {
                rows[row][column] = (_slope[row] - _base[row]) / small;
            }
        }

        return rows;
    }
}

using PinnSweep.Studies.Messages;

namespace PinnSweep.Cluster.Trainers;

/// <summary>
/// One trainer process for several slots, each of which has a lane of it. It is started for the first slot that asks and ended when none
/// uses it. What a slot left behind in its lane is stopped and heard by nobody; the lane's next trial begins when it is gone. Thread-safe.
/// </summary>
/// <param name="lanes">Trials that it may train at once.</param>
internal sealed class SharedTrainer(int lanes)
{
    private readonly Lock _lock = new();
    private readonly LaneTrainer?[] _users = new LaneTrainer?[lanes];
    private readonly bool[] _isTraining = new bool[lanes];
    private readonly bool[] _isLeft = new bool[lanes];
    // Trials of a process that lost its device or its memory fail one after another, all by the same cause. What failed before the last
    // trial was sent is another matter.
    private readonly bool[] _hasFailed = new bool[lanes];
    private TrainerProcess? _process;
    private TrainerSignal.Said? _ready;
    private int _started;

    /// <summary>The trainer as one slot has it.</summary>
    /// <param name="lane">The slot's lane.</param>
    /// <param name="launch">How to start the process where there is none.</param>
    /// <param name="signal">Told of what concerns the lane.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be executed.</exception>
    public ITrainer Attach(int lane, TrainerLaunch launch, Action<TrainerSignal> signal)
    {
        lock (_lock)
        {
            if (_process is null)
            {
                var number = ++_started;
                _process = TrainerProcess.Start(launch with { Lanes = lanes }, heard => Hear(number, heard));
            }

            var user = new LaneTrainer(this, lane, _process.Id, signal);
            _users[lane] = user;
            if (_ready is { } ready)
            {
                signal(ready);
            }

            return user;
        }
    }

    private void Hear(int number, TrainerSignal heard)
    {
        lock (_lock)
        {
            // Of one that was ended here nobody wants to hear.
            if (number != _started || _process is null)
            {
                return;
            }

            switch (heard)
            {
                case TrainerSignal.Said { Event: TrainerProtocol.Ready } ready:
                    _ready = ready;
                    TellAll(ready);
                    break;
                case TrainerSignal.Said { Event.Lane: var lane } said when lane >= 0 && lane < lanes:
                    Pass(lane, said);
                    break;
                case TrainerSignal.Ended ended:
                    var told = ended with { Company = Math.Max(1, Training()) };
                    var users = Forget();
                    foreach (var user in users)
                    {
                        user.Signal(told);
                    }

                    break;
                default:
                    // Whose line was broken cannot be told, so all begin again with a process that keeps to the protocol.
                    _process.Kill();
                    break;
            }
        }
    }

    private void Pass(int lane, TrainerSignal.Said said)
    {
        var company = Math.Max(1, Training());
        var isEnd = said.Event is TrainerProtocol.Finished or TrainerProtocol.Stopped or TrainerProtocol.Failed;
        var isHeard = !_isLeft[lane];
        if (isEnd)
        {
            // Where the next trial was sent already, it begins now.
            _isTraining[lane] = _isLeft[lane] && _users[lane] is { HasTrial: true };
            _isLeft[lane] = false;
            _hasFailed[lane] = said.Event is TrainerProtocol.Failed;
        }

        if (isHeard)
        {
            _users[lane]?.Signal(said with { Company = company });
        }
    }

    private bool Send(LaneTrainer user, TrainerProtocol.Command command)
    {
        lock (_lock)
        {
            if (_users[user.Lane] != user || _process is null)
            {
                return false;
            }

            if (command is TrainerProtocol.Train)
            {
                user.HasTrial = true;
                _isTraining[user.Lane] = true;
                Array.Clear(_hasFailed);
            }

            return _process.Send(command with { Lane = user.Lane });
        }
    }

    private void Leave(LaneTrainer user)
    {
        lock (_lock)
        {
            if (_users[user.Lane] != user)
            {
                return;
            }

            _users[user.Lane] = null;
            if (Array.TrueForAll(_users, other => other is null))
            {
                var process = _process;
                Forget();
                process?.Kill();
            }
            else if (_isTraining[user.Lane])
            {
                _isLeft[user.Lane] = true;
                _process?.Send(new TrainerProtocol.Stop { Lane = user.Lane });
            }
        }
    }

    private void Kill()
    {
        lock (_lock)
        {
            // Its end is told to all who share it.
            _process?.Kill();
        }
    }

    private TimeSpan Waited()
    {
        lock (_lock)
        {
            return _process?.WaitedForProcessor() ?? TimeSpan.Zero;
        }
    }

    private int TrainingNow()
    {
        lock (_lock)
        {
            return Math.Max(1, Training());
        }
    }

    private int Training() => _isTraining.Zip(_hasFailed, (isTraining, hasFailed) => isTraining || hasFailed).Count(isOne => isOne);

    private void TellAll(TrainerSignal signal)
    {
        foreach (var user in _users)
        {
            user?.Signal(signal);
        }
    }

    private List<LaneTrainer> Forget()
    {
        List<LaneTrainer> users = [.. _users.OfType<LaneTrainer>()];
        Array.Clear(_users);
        Array.Clear(_isTraining);
        Array.Clear(_isLeft);
        Array.Clear(_hasFailed);
        (_process, _ready) = (null, null);
        return users;
    }

    private sealed class LaneTrainer(SharedTrainer shared, int lane, int id, Action<TrainerSignal> signal) : ITrainer
    {
        public int Id => id;

        public int Lane => lane;

        public bool HasTrial { get; set; }

        public int Company => shared.TrainingNow();

        public Action<TrainerSignal> Signal => signal;

        public bool Send(TrainerProtocol.Command command) => shared.Send(this, command);

        public TimeSpan WaitedForProcessor() => shared.Waited();

        public void Discard() => shared.Leave(this);

        public void Kill() => shared.Kill();
    }
}

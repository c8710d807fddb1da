using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Threading.Tasks;

namespace RevisionTools.Testing
{
    /// <summary>A question that a command has asked. The command waits until it is answered.</summary>
    public sealed class ScriptedPrompt
    {
        private readonly TaskCompletionSource<int> _answer = new TaskCompletionSource<int>();
        private readonly string[] _labels;

        internal ScriptedPrompt(string caption, string message, IEnumerable<ChoiceDescription> choices)
        {
            Caption = caption;
            Message = message;
            _labels = choices.Select(choice => choice.Label.Replace("&", "")).ToArray();
        }

        public string Caption { get; }

        public string Message { get; }

        /// <summary>Answers by the label of a choice, without its ampersand.</summary>
        public void Answer(string label)
        {
            int index = Array.IndexOf(_labels, label);
            if (index < 0)
            {
                throw new ArgumentException($"'{label}' is none of: {string.Join(", ", _labels)}.");
            }

            _answer.SetResult(index);
        }

        internal int Wait() => _answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>What a host lets its commands do.</summary>
    public enum HostManner
    {
        /// <summary>It takes questions, which the test answers, and everything that is to be shown.</summary>
        Answers,

        /// <summary>It has a user interface that takes what streams carry, and throws where it is to ask, to show progress or to write a line of its own.</summary>
        Throws,

        /// <summary>It has no user interface.</summary>
        HasNone,
    }

    /// <summary>A host without a screen that hands every question to the test, or refuses them all.</summary>
    public sealed class ScriptedHost : PSHost
    {
        private readonly HostManner _manner;
        private readonly ScriptedUserInterface _ui;

        public ScriptedHost()
            : this(HostManner.Answers)
        {
        }

        /// <summary>Makes a host; with a number of columns one that has a screen.</summary>
        public ScriptedHost(HostManner manner, int columns = 0)
        {
            _manner = manner;
            _ui = new ScriptedUserInterface(manner == HostManner.Throws, columns == 0 ? null : new ScriptedScreen(columns));
        }

        public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

        public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

        public override Guid InstanceId { get; } = Guid.NewGuid();

        public override string Name => "ScriptedHost";

        public override PSHostUserInterface UI => _manner == HostManner.HasNone ? null : _ui;

        public override Version Version { get; } = new Version(1, 0);

        /// <summary>The questions that nobody has looked at yet.</summary>
        public BlockingCollection<ScriptedPrompt> Prompts => _ui.Prompts;

        /// <summary>What was written to the screen, all streams together.</summary>
        public ConcurrentQueue<string> Screen => _ui.Screen;

        /// <summary>The lines that were written to the screen as errors.</summary>
        public ConcurrentQueue<string> ErrorLines => _ui.ErrorLines;

        /// <summary>What a reader of the screen has seen since the last call, line by line.</summary>
        public string TakeText() => _ui.TakeText();

        public override void EnterNestedPrompt()
        {
        }

        public override void ExitNestedPrompt()
        {
        }

        public override void NotifyBeginApplication()
        {
        }

        public override void NotifyEndApplication()
        {
        }

        public override void SetShouldExit(int exitCode)
        {
        }
    }

    internal sealed class ScriptedUserInterface : PSHostUserInterface
    {
        private readonly bool _throws;
        private readonly StringBuilder _text = new StringBuilder();

        internal ScriptedUserInterface(bool throws, PSHostRawUserInterface screen)
        {
            _throws = throws;
            RawUI = screen;
        }

        internal BlockingCollection<ScriptedPrompt> Prompts { get; } = new BlockingCollection<ScriptedPrompt>();

        internal ConcurrentQueue<string> Screen { get; } = new ConcurrentQueue<string>();

        internal ConcurrentQueue<string> ErrorLines { get; } = new ConcurrentQueue<string>();

        public override PSHostRawUserInterface RawUI { get; }

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            if (_throws)
            {
                throw new NotSupportedException();
            }

            ScriptedPrompt prompt = new ScriptedPrompt(caption, message, choices);
            Prompts.Add(prompt);
            return prompt.Wait();
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
            throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            throw new NotSupportedException();

        public override PSCredential PromptForCredential(
            string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) =>
            throw new NotSupportedException();

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        internal string TakeText()
        {
            lock (_text)
            {
                string text = _text.ToString();
                _text.Clear();
                return text;
            }
        }

        public override void Write(string value) => Show(value, value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Show(value, value);

        public override void WriteLine(string value) => Show(value, value + "\n");

        public override void WriteErrorLine(string value)
        {
            ErrorLines.Enqueue(value);
            Add(value, value + "\n");
        }

        public override void WriteDebugLine(string message) => Add(message, $"DEBUG: {message}\n");

        public override void WriteVerboseLine(string message) => Add(message, $"VERBOSE: {message}\n");

        public override void WriteWarningLine(string message) => Add(message, $"WARNING: {message}\n");

        public override void WriteProgress(long sourceId, ProgressRecord record) => Show($"{record.Activity} {record.StatusDescription}", "");

        private void Show(string message, string text)
        {
            if (_throws)
            {
                throw new NotSupportedException();
            }

            Add(message, text);
        }

        private void Add(string message, string text)
        {
            Screen.Enqueue(message);
            lock (_text)
            {
                _text.Append(text);
            }
        }
    }
}
